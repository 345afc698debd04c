// RULE: Do not derive a class from a result, from evidence or from an owned scope.
// WHY: The derived class would not have the attributes.
// ENFORCED: by types
// MESSAGE: final
#include "device.hpp"

// CASE: from a result
namespace derived {
struct Mine : rg::Verdict<Flr> {};  // BAD reset
// GOOD: struct Mine { rg::Verdict<Flr> result; };

struct Yours : rg::Verdict<FirmwareAck> {};  // BAD step
// GOOD: struct Yours { rg::Verdict<FirmwareAck> result; };

struct Theirs : rg::Status {};  // BAD status
// GOOD: struct Theirs { rg::Status result; };
}  // namespace derived

// CASE: from evidence, and from a scope
namespace derived_evidence {
struct Mine : rg::Evidence<Flr> {};  // BAD
// GOOD: struct Mine { rg::Evidence<Flr> evidence; };

struct Yours : Owned {};  // BAD
// GOOD: struct Yours { Owned* scope; };
}  // namespace derived_evidence
