// What people say to whoever answers, and what no database of theirs knows: greetings, thanks,
// "who are you", the weather. Answered in a friendly word, by an error that says what can be asked.
#pragma once

#include <string_view>

#include "idi/core/error.hpp"
#include "idi/core/schema.hpp"
#include "understanding/schema_names.hpp"

namespace idi::engine {

enum class SmallTalk { none, greeting, thanks, farewell, about_us, elsewhere };

[[nodiscard]] SmallTalk small_talk_in(std::string_view question, const SchemaNames& names);

/// REQUIRES: not none.
[[nodiscard]] Error reply_to(SmallTalk talk, const Schema& schema);

}  // namespace idi::engine
