"""A site on MariaDB: the server of ``CI_MARIADB_URL``, whose user may create databases."""

import os

import dj_database_url
import pymysql

from tests.settings import *  # noqa: F403

# Unlike mysqlclient, it needs no compiler and no headers of MariaDB.
pymysql.install_as_MySQLdb()

DATABASES = {
    "default": {
        **dj_database_url.parse(
            os.environ.get("CI_MARIADB_URL", "mysql://root@127.0.0.1:3306/test")
        ),
        "TEST": {"NAME": "test_wagtail_careers_sites"},
    }
}
