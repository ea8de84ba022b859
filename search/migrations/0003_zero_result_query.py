from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_saved_searches'),
    ]

    operations = [
        migrations.RenameModel('FruitlessQuery', 'ZeroResultQuery'),
    ]
