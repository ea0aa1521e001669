#include "idi/eval/outcome.hpp"

namespace idi::eval {

std::string_view verdict_name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::right:
      return "right";
    case Verdict::wrong:
      return "wrong";
    case Verdict::unusable:
      return "unusable";
  }
  return "wrong";
}

}  // namespace idi::eval
