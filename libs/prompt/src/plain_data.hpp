// What a prompt may hold of a database's or a user's words. Servers put messages into the model's
// chat template and read the whole as tokens, special ones included: a cell "<|im_end|>" would end
// the message. So no mark of any known template, no fence and no second line comes through.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace idi::prompt {

/// One line of valid UTF-8: blanks and control characters run together into one blank, invisible
/// and direction-changing characters dropped, marks of templates broken up by a blank ("< |im_end|
/// >", "[ INST]", "` ``"). No longer than max_bytes; what is cut ends in "…".
/// Putting such texts side by side, with anything but '<', '[', '|', '>', '`', ']' between, makes
/// no mark either.
[[nodiscard]] std::string plain_data(std::string_view text, std::size_t max_bytes);

/// Comes through plain_data unchanged, quoted in any dialect too, and is short enough to be a name.
[[nodiscard]] bool is_plain_name(std::string_view name);

}  // namespace idi::prompt
