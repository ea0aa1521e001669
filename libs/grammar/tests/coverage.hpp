// How much of what libs/sql writes the grammar can write too: gold queries → tree → our SQL, which
// the grammar of the whole schema has to recognise.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::grammar::testing {

struct Coverage {
  int gold = 0;
  int rewritten = 0;   ///< What the tree has words for, so that we write it ourselves.
  int recognised = 0;  ///< … and the grammar can write.
  int raw = 0;         ///< Gold as it stands, which nobody normalised.
  std::size_t most_stacks = 0;
  double mean_most_stacks = 0;
  std::size_t most_bytes = 0;                               ///< Of a grammar.
  std::map<std::string, std::vector<std::string>> stopped;  ///< By the word before it: examples.
};

/// Every `stride`-th query. The scope is the whole schema, and the values are the query's own, as a
/// linker would find them.
[[nodiscard]] Coverage measure_coverage(const std::filesystem::path& spider,
                                        const std::string& file, int stride, Dialect dialect);

}  // namespace idi::grammar::testing
