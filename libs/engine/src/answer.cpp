#include "idi/engine/answer.hpp"

#include <numeric>

namespace idi::engine {

std::string_view trial_state_name(TrialState state) noexcept {
  switch (state) {
    case TrialState::rows:
      return "rows";
    case TrialState::empty:
      return "empty";
    case TrialState::failed:
      return "failed";
    case TrialState::too_slow:
      return "too_slow";
    case TrialState::not_tried:
      return "not_tried";
  }
  return "unknown";
}

double Answer::total_ms() const { return std::accumulate(phase_ms.begin(), phase_ms.end(), 0.0); }

}  // namespace idi::engine
