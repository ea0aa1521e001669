#include "augment.hpp"

#include <algorithm>
#include <array>

namespace idi::train {
namespace {

using model_io::ModelInput;
using model_io::TrainingExample;

float unit(Random& random) {
  return static_cast<float>(random() >> 40) / static_cast<float>(1 << 24);
}

/// Which nodes stay.
std::vector<bool> choose_nodes(const TrainingExample& example, float most, int symbol_count,
                               Random& random) {
  const ModelInput& input = example.input;
  const float share = unit(random) * most;
  std::vector<bool> used(static_cast<std::size_t>(input.nodes()), false);
  for (const auto& step : example.steps)
    if (step.target >= symbol_count) used[step.target - symbol_count] = true;
  std::vector<bool> stays(used.size(), true);
  const int columns_end = input.tokens + input.columns;
  const int tables_end = columns_end + input.tables;
  for (int n = input.tokens; n < input.nodes(); ++n) {
    const bool table = n >= columns_end && n < tables_end;
    if (!table && !used[n] && unit(random) < share) stays[n] = false;
  }
  return stays;
}

TrainingExample keep_nodes(const TrainingExample& example, const std::vector<bool>& stays,
                           int symbol_count) {
  const ModelInput& from = example.input;
  TrainingExample result;
  ModelInput& to = result.input;
  result.source = example.source;
  result.database = example.database;
  to.tokens = from.tokens;
  std::vector<int> place(stays.size(), -1);
  std::vector<int> kept;
  to.word_begin.push_back(0);
  to.gram_begin.push_back(0);
  for (int n = 0; n < from.nodes(); ++n) {
    if (!stays[n]) continue;
    place[n] = static_cast<int>(kept.size());
    kept.push_back(n);
    if (n >= from.tokens + from.columns + from.tables)
      ++to.values;
    else if (n >= from.tokens + from.columns)
      ++to.tables;
    else if (n >= from.tokens)
      ++to.columns;
    for (int w = from.word_begin[n]; w < from.word_begin[n + 1]; ++w) {
      to.word_ids.push_back(from.word_ids[w]);
      to.word_classes.push_back(from.word_classes[w]);
      to.gram_ids.insert(to.gram_ids.end(), from.gram_ids.begin() + from.gram_begin[w],
                         from.gram_ids.begin() + from.gram_begin[w + 1]);
      to.gram_begin.push_back(static_cast<std::int32_t>(to.gram_ids.size()));
    }
    to.word_begin.push_back(static_cast<std::int32_t>(to.word_ids.size()));
    to.node_classes.push_back(from.node_classes[n]);
  }
  to.relations.resize(kept.size() * kept.size());
  auto* cell = to.relations.data();
  for (const int i : kept) {
    const auto* row = from.relations.data() + static_cast<std::ptrdiff_t>(i) * from.nodes();
    for (const int j : kept) *cell++ = row[j];
  }
  result.steps = example.steps;
  for (auto& step : result.steps)
    if (step.target >= symbol_count) step.target = symbol_count + place[step.target - symbol_count];
  return result;
}

void drop_words(ModelInput& input, const AugmentOptions& options, Random& random) {
  const int tables_end = input.tokens + input.columns + input.tables;
  std::vector<bool> without_grams(input.word_ids.size(), false);
  bool any = false;
  for (int n = 0; n < tables_end; ++n) {
    const float share =
        n < input.tokens ? options.question_word_dropout : options.schema_word_dropout;
    for (int w = input.word_begin[n]; w < input.word_begin[n + 1]; ++w) {
      if (unit(random) >= share) continue;
      input.word_ids[w] = 0;
      without_grams[w] = unit(random) >= options.keep_grams;
      any |= without_grams[w];
    }
  }
  if (!any) return;
  std::vector<std::int32_t> begin{0};
  std::vector<std::uint16_t> ids;
  for (std::size_t w = 0; w < without_grams.size(); ++w) {
    if (!without_grams[w])
      ids.insert(ids.end(), input.gram_ids.begin() + input.gram_begin[w],
                 input.gram_ids.begin() + input.gram_begin[w + 1]);
    begin.push_back(static_cast<std::int32_t>(ids.size()));
  }
  input.gram_begin = std::move(begin);
  input.gram_ids = std::move(ids);
}

/// A name that is not recognised is so for all its words, so whole columns and tables lose links.
void drop_links(ModelInput& input, float share, const Unlinked& unlinked, Random& random) {
  const int count = input.nodes();
  const int columns_end = input.tokens + input.columns;
  for (int n = input.tokens; n < columns_end + input.tables; ++n) {
    if (unit(random) >= share) continue;
    const bool column = n < columns_end;
    for (int w = 0; w < input.tokens; ++w) {
      input.relations[w * count + n] = column ? unlinked.word_column : unlinked.word_table;
      input.relations[n * count + w] = column ? unlinked.column_word : unlinked.table_word;
    }
  }
}

using RelationCounts = std::array<std::size_t, 256>;

std::uint8_t commonest(const RelationCounts& counts) {
  return static_cast<std::uint8_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

}  // namespace

Unlinked find_unlinked(std::span<const TrainingExample> examples) {
  RelationCounts word_column{};
  RelationCounts column_word{};
  RelationCounts word_table{};
  RelationCounts table_word{};
  for (const TrainingExample& example : examples) {
    const ModelInput& input = example.input;
    const int count = input.nodes();
    const int columns_end = input.tokens + input.columns;
    for (int n = input.tokens; n < columns_end + input.tables; ++n) {
      const bool column = n < columns_end;
      for (int w = 0; w < input.tokens; ++w) {
        ++(column ? word_column : word_table)[input.relations[w * count + n]];
        ++(column ? column_word : table_word)[input.relations[n * count + w]];
      }
    }
  }
  return {commonest(word_column), commonest(column_word), commonest(word_table),
          commonest(table_word)};
}

TrainingExample augment(const TrainingExample& example, const AugmentOptions& options,
                        int symbol_count, const Unlinked& unlinked, Random& random) {
  const bool drops_items = unit(random) < options.item_drop_examples;
  TrainingExample result =
      drops_items
          ? keep_nodes(example, choose_nodes(example, options.item_drop_most, symbol_count, random),
                       symbol_count)
          : example;
  drop_words(result.input, options, random);
  if (options.link_dropout > 0) drop_links(result.input, options.link_dropout, unlinked, random);
  return result;
}

}  // namespace idi::train
