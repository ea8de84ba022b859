from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0007_say_the_language_of_a_track_plainly")]

    operations = [
        migrations.AddField(model_name="asset", name="look", field=models.CharField(blank=True, max_length=16)),
        migrations.AddField(
            model_name="asset", name="turn", field=models.PositiveSmallIntegerField(default=0, verbose_name="xoay thêm")
        ),
    ]
