// The card of an answer that was kept, and a choice on it.
#pragma once

#include "idi/core/result.hpp"
#include "idi/session/session_store.hpp"
#include "query/job.hpp"

namespace idi::api {

/// What the choice says, in the words of the card. REQUIRES: `turn` is with its document.
/// Errors: invalid_argument (the turn's answer has no such card, or the card no such option).
[[nodiscard]] Result<session::Resolution> chosen_on_card(const session::Turn& turn,
                                                         const Choice& choice);

}  // namespace idi::api
