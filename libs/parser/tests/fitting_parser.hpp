// A parser with random weights of sizes that this program's own features fit.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "idi/parser/featurizer.hpp"
#include "idi/parser/parser.hpp"
#include "random_network.hpp"

namespace idi::parser::testing {

/// Sizes that this program's own features fit.
inline RandomSizes fitting_sizes() {
  RandomSizes sizes;
  sizes.gram_buckets = gram_buckets;
  sizes.relation_count = relation_count;
  sizes.node_class_count = node_class_count;
  sizes.word_class_count = word_class_count;
  sizes.symbol_count = ir::symbol_count;
  return sizes;
}

inline WeightsContent fitting_weights(unsigned seed) {
  auto content = random_weights(fitting_sizes(), seed);
  content.texts["featurizer_version"] = std::to_string(featurizer_version);
  return content;
}

inline std::shared_ptr<const Parser> random_parser(unsigned seed) {
  const TemporaryFile file(".bin");
  fitting_weights(seed).write(file.path());
  auto parser = Parser::open(file.path());
  if (!parser) throw std::runtime_error(parser.error().to_text());
  return *parser;
}

}  // namespace idi::parser::testing
