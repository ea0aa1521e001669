// Does somebody ask for the data to be changed? That is refused in words, here; that nothing is
// changed whatever is asked is the guard's and the connection's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "idi/core/error.hpp"
#include "understanding/schema_names.hpp"

namespace idi::engine {

/// The word that asks for it, as written. Every sentence and clause is read: "How many are there?
/// Then delete them." asks for a change too. "Which orders were deleted?" does not.
[[nodiscard]] std::optional<std::string> change_asked_for(std::string_view question,
                                                          const SchemaNames& names);

[[nodiscard]] Error refused_change(const std::string& verb);

}  // namespace idi::engine
