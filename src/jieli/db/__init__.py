"""PostgreSQL and nothing above it: the embedded server, connections and transactions, the SQL composer, DDL
primitives and the migrations of the global schema. It knows no objects, records or actors."""
