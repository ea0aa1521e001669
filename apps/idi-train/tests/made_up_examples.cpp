#include "made_up_examples.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

namespace idi::train {
namespace {

using model_io::ModelInput;

class Maker {
 public:
  Maker(const MadeUp& shape, std::uint64_t seed) : shape_(shape), random_(seed) {}

  model_io::TrainingExample make() {
    model_io::TrainingExample example;
    ModelInput& input = example.input;
    input.tokens = around(shape_.tokens);
    input.columns = around(shape_.columns);
    input.tables = around(shape_.tables);
    input.values = below(shape_.values + 1);
    const int count = input.nodes();
    // Every column has a word of its own, so that the answer is certain.
    std::vector<int> words(static_cast<std::size_t>(count));
    for (int n = input.tokens; n < count; ++n) {
      do {
        words[n] = 1 + below(shape_.vocabulary - 1);
      } while (std::count(words.begin() + input.tokens, words.begin() + n, words[n]) > 0);
    }
    for (int n = 0; n < input.tokens; ++n) words[n] = 1 + below(20);
    std::vector<int> places;
    for (int p = 0; p < std::min(shape_.pointers, input.columns); ++p)
      places.push_back(below(input.tokens));
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::vector<int> pointers;
    for (const int place : places) {
      pointers.push_back(input.tokens + below(input.columns));
      words[place] = words[pointers.back()];
    }
    input.word_begin.push_back(0);
    input.gram_begin.push_back(0);
    for (int n = 0; n < count; ++n) add_node(input, n, words[n]);
    for (int i = 0; i < count; ++i)
      for (int j = 0; j < count; ++j) input.relations.push_back(relation(input, words, i, j));
    for (const int node : pointers) {
      example.steps.push_back({made_up_symbols + node, 0xFF, 1});
      example.steps.push_back({3 + (words[node] & 1), 0xFF, 0});
    }
    example.steps.push_back({0, 0xFF, 7});
    example.source = static_cast<std::uint16_t>(below(2));
    example.database = static_cast<std::uint16_t>(below(8));
    return example;
  }

 private:
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  int around(int mean) { return std::max(1, mean / 2 + below(mean + 1)); }

  void add_node(ModelInput& input, int n, int word) {
    const int more = n < input.tokens ? 0 : below(2);
    for (int w = 0; w <= more; ++w) {
      const int id = w == 0 ? word : 1 + below(20);
      input.word_ids.push_back(id);
      input.word_classes.push_back(static_cast<std::uint8_t>(id % 46));
      for (int g = 0; g < 4 + id % 7; ++g)
        input.gram_ids.push_back(static_cast<std::uint16_t>((id * 7919 + g * 104729) % 8192));
      input.gram_begin.push_back(static_cast<std::int32_t>(input.gram_ids.size()));
    }
    input.word_begin.push_back(static_cast<std::int32_t>(input.word_ids.size()));
    input.node_classes.push_back(static_cast<std::uint8_t>(kind(input, n)));
  }

  static int kind(const ModelInput& input, int n) {
    return n < input.tokens                                  ? 0
           : n < input.tokens + input.columns                ? 1
           : n < input.tokens + input.columns + input.tables ? 2
                                                             : 3;
  }

  static std::uint8_t relation(const ModelInput& input, const std::vector<int>& words, int i,
                               int j) {
    const int a = kind(input, i);
    const int b = kind(input, j);
    if (a == 0 && b == 0) return static_cast<std::uint8_t>(4 + std::clamp(j - i, -4, 4));
    const int pair = 10 + (a * 4 + b) * 3;
    if (a == 1 && b == 1) return static_cast<std::uint8_t>(pair + (i % 5 == j % 5 ? 1 : 0));
    return static_cast<std::uint8_t>(pair + (words[i] == words[j] ? 1 : 0));
  }

  const MadeUp& shape_;
  std::mt19937_64 random_;
};

}  // namespace

model_io::ExampleHeader made_up_header(const MadeUp& shape) {
  std::string vocabulary;
  for (int w = 0; w < shape.vocabulary; ++w) vocabulary += "w" + std::to_string(w) + "\n";
  return {{"symbol_count", std::to_string(made_up_symbols)},
          {"relation_count", std::to_string(made_up_relations)},
          {"node_class_count", "25"},
          {"gram_buckets", "8192"},
          {"word_class_count", "46"},
          {"vocabulary", vocabulary},
          {"sources", "real\nsynthetic\n"},
          {"databases", "db0\ndb1\ndb2\ndb3\ndb4\ndb5\ndb6\ndb7\n"}};
}

model_io::TrainingExample make_up_example(const MadeUp& shape, std::uint64_t seed) {
  return Maker(shape, seed).make();
}

}  // namespace idi::train
