"""From what was understood to what would be written, as pure functions: answers applied, drafts made."""
