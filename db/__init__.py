"""Tables, repositories, the unit of work and migrations: the only home of SQL."""
