"""What happened, made readable: tables, measures, series, distributions and audits of one finished replication."""
