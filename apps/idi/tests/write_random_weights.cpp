// Writes a weights file that fits this program and knows nothing: `idi` runs with it from end to
// end, whatever it answers. Usage: write_random_weights FILE [SEED]
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "idi/parser/featurizer.hpp"
#include "idi/sql/ir_tokens.hpp"
#include "random_network.hpp"

int main(int argc, char** argv) {
  using namespace idi;
  if (argc < 2) return 2;
  parser::testing::RandomSizes sizes;
  sizes.gram_buckets = parser::gram_buckets;
  sizes.relation_count = parser::relation_count;
  sizes.node_class_count = parser::node_class_count;
  sizes.word_class_count = parser::word_class_count;
  sizes.symbol_count = ir::symbol_count;
  try {
    const auto seed = argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)) : 1U;
    auto content = parser::testing::random_weights(sizes, seed);
    content.texts["featurizer_version"] = std::to_string(parser::featurizer_version);
    content.write(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
