from django.db import migrations

OLD, NEW = "fruitlessquery", "zeroresultquery"


def rename_permissions(apps, schema_editor):
    """The rights on the model keep their rows, and so their owners."""
    for permission in apps.get_model("auth", "Permission").objects.filter(content_type__app_label="search", codename__endswith=f"_{OLD}"):
        permission.codename = permission.codename.replace(OLD, NEW)
        permission.save(update_fields=["codename"])


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("search", "0002_saved_searches"),
    ]

    operations = [
        migrations.RenameModel("FruitlessQuery", "ZeroResultQuery"),
        migrations.RunPython(rename_permissions, migrations.RunPython.noop),
    ]
