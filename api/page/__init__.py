"""The agents' page: built from `dashboard/` when the package is installed, served at `/`."""
