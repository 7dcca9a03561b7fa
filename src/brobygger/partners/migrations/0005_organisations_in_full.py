
import brobygger.foundation.policies
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0004_rows_are_dated'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='organisation',
            name='partners_organisation_policy',
        ),
        migrations.AddField(
            model_name='organisation',
            name='legal_status',
            field=models.CharField(blank=True, db_default='', default='', max_length=255),
        ),
        migrations.AddField(
            model_name='organisation',
            name='logo',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='organisation',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='partners.organisation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='tax_id',
            field=models.CharField(blank=True, db_default='', default='', max_length=255),
        ),
        migrations.AddField(
            model_name='organisation',
            name='tax_status',
            field=models.CharField(blank=True, db_default='', default='', max_length=255),
        ),
        migrations.AddField(
            model_name='organisation',
            name='uri',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='organisation',
            name='year_incorporated',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=brobygger.foundation.policies.KeeperPolicy(column='keeper_id', name='partners_organisation_policy', ties=('parent',)),
        ),
    ]
