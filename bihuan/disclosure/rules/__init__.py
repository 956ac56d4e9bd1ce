"""What holds of releases and objections, without a database."""
