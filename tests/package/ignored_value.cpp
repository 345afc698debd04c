// The same for a type that must be used, which clang 22 reports as an unused value.
struct [[nodiscard]] Answer {};
Answer attempt();

void caller() { attempt(); }
