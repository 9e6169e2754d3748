"""The running program: settings, composition, command line and the engine. Nobody imports it."""
