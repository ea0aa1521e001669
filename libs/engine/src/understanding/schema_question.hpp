// Questions about the database itself: which tables, which columns, how they hang together.
#pragma once

#include <optional>
#include <string_view>

#include "idi/engine/understanding.hpp"
#include "understanding/schema_names.hpp"

namespace idi::engine {

/// Questions about the schema use words for its parts ("tables", "columns", "connected") and
/// nothing else but names of tables. A schema that has such words in its own names is asked about
/// its data.
[[nodiscard]] std::optional<Understanding> schema_question(std::string_view question,
                                                           const SchemaNames& names);

}  // namespace idi::engine
