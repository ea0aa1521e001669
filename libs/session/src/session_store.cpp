#include "idi/session/session_store.hpp"

namespace idi::session {

std::string_view turn_state_name(TurnState state) noexcept {
  switch (state) {
    case TurnState::running:
      return "running";
    case TurnState::answered:
      return "answered";
    case TurnState::failed:
      return "failed";
    case TurnState::cancelled:
      return "cancelled";
    case TurnState::interrupted:
      return "interrupted";
  }
  return "running";
}

}  // namespace idi::session
