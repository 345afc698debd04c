// Without the header, whose own pragmas would make this an error on their own: only the target's flag is left.
[[gnu::warn_unused_result]] int attempt();

void caller() { attempt(); }
