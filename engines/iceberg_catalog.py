"""Makes the file of Iceberg's JDBC catalog, where it is not there: iceberg_catalog.py FILE

Iceberg makes it, too, but two jobs that start at once do so at once, and leave a table without its last column.
"""

import sqlite3
import sys

TABLES = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS iceberg_tables (
    catalog_name VARCHAR(255) NOT NULL,
    table_namespace VARCHAR(255) NOT NULL,
    table_name VARCHAR(255) NOT NULL,
    metadata_location VARCHAR(1000),
    previous_metadata_location VARCHAR(1000),
    iceberg_type VARCHAR(5),
    PRIMARY KEY (catalog_name, table_namespace, table_name)
);
CREATE TABLE IF NOT EXISTS iceberg_namespace_properties (
    catalog_name VARCHAR(255) NOT NULL,
    namespace VARCHAR(255) NOT NULL,
    property_key VARCHAR(255),
    property_value VARCHAR(1000),
    PRIMARY KEY (catalog_name, namespace, property_key)
);
COMMIT;
"""


def make(file: str) -> None:
    database = sqlite3.connect(file, timeout=30)
    database.executescript(TABLES)
    database.close()


if __name__ == "__main__":
    make(sys.argv[1])
