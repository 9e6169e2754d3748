"""The running program: settings, composition, command line and the engine. Nobody imports it."""

from bot import on_demand

on_demand.install()
