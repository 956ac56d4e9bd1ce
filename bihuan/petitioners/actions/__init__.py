"""Everything that writes the vault: data kept, opened, looked for; keys destroyed. Nothing here lets a value out."""
