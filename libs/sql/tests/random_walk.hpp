// Random sentences of the token language.
#pragma once

#include <rapidcheck.h>

#include <vector>

#include "idi/sql/ir_tokens.hpp"

namespace idi::ir::testing {

/// Free for `free_steps` words, then by the shortest way to the end. Invariant 1 of grammar.cpp is
/// asserted at every step. Pointers stay within the given counts, words among the first `symbols`.
[[nodiscard]] rc::Gen<std::vector<Token>> sentences(int columns, int tables, int values,
                                                    int free_steps = 60,
                                                    int symbols = symbol_count);

/// The next word of a short way to the end.
[[nodiscard]] Token closing_word(const Allowed& allowed);

}  // namespace idi::ir::testing
