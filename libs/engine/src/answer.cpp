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

std::string_view writer_name(Writer writer) noexcept {
  return writer == Writer::parser ? "parser" : "model";
}

std::string_view agreement_name(Agreement agreement) noexcept {
  switch (agreement) {
    case Agreement::only_parser:
      return "only_parser";
    case Agreement::only_model:
      return "only_model";
    case Agreement::agree:
      return "agree";
    case Agreement::differ:
      return "differ";
  }
  return "unknown";
}

double Answer::total_ms() const { return std::accumulate(phase_ms.begin(), phase_ms.end(), 0.0); }

}  // namespace idi::engine
