"""A name knows the local subgroup that it is another name of. The next load fills it: rows that nobody edited stay known as such."""

import hashlib
import json

from django.db import migrations, models


def keep_fingerprints(apps, schema_editor):
    """A fingerprint covers the new column too; of a row that nobody edited it is made anew with the column empty."""
    names = apps.get_model("vocabularies", "GroupName").objects.exclude(loaded_fingerprint="")
    unedited = []
    for row in names:
        content = {"group_id": row.group_id, "name": row.name, "kind": row.kind, "display": row.display}
        if row.loaded_fingerprint == fingerprint(content):
            row.loaded_fingerprint = fingerprint(content | {"other_name_of": ""})
            unedited.append(row)
    names.model.objects.bulk_update(unedited, ["loaded_fingerprint"], batch_size=500)


def fingerprint(content):
    """As library.vocabularies.loading.sync makes it."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Migration(migrations.Migration):

    dependencies = [
        ('vocabularies', '0003_merge_terms'),
    ]

    operations = [
        migrations.AddField(
            model_name='groupname',
            name='other_name_of',
            field=models.CharField(blank=True, max_length=100, verbose_name='tên khác của nhóm địa phương'),
        ),
        migrations.RunPython(keep_fingerprints, migrations.RunPython.noop, elidable=True),
    ]
