#include "example_codec.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "idi/model_io/format_error.hpp"
#include "relation_predictor.hpp"

namespace idi::model_io {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw FormatError(FormatError::Kind::corrupt, path + ": " + what);
}

std::uint32_t line_count(const std::string& text) {
  auto lines = std::count(text.begin(), text.end(), '\n');
  if (!text.empty() && text.back() != '\n') ++lines;
  return static_cast<std::uint32_t>(lines);
}

/// Numbers keys in the order of their first use.
class Numbering {
 public:
  /// The number, and whether it is new.
  std::pair<std::uint32_t, bool> number(std::string key) {
    const auto next = static_cast<std::uint32_t>(numbers_.size());
    const auto [entry, fresh] = numbers_.try_emplace(std::move(key), next);
    return {entry->second, fresh};
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

std::string key_of(const ByteSink& sink) {
  const auto bytes = sink.bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct Word {
  std::int32_t id;
  std::uint8_t word_class;
  std::vector<std::uint16_t> grams;
};
struct Node {
  std::uint8_t node_class;
  std::vector<std::uint32_t> words;
};
struct Mask {
  std::uint64_t symbols;
  std::uint8_t pointers;
};

}  // namespace

ExampleLimits limits_of(const ExampleHeader& header, const std::string& path) {
  const auto text = [&](const char* key) -> const std::string& {
    const auto found = header.find(key);
    if (found == header.end()) fail(path, std::string("the header lacks \"") + key + "\"");
    return found->second;
  };
  const auto number = [&](const char* key, std::uint32_t most) {
    const std::string& digits = text(key);
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < 1 || value > most)
      fail(path, std::string("the header's \"") + key + "\" is not a number from 1 to " +
                     std::to_string(most));
    return value;
  };
  ExampleLimits limits{};
  limits.symbols = number("symbol_count", 64);
  limits.relations = number("relation_count", 255);
  limits.node_classes = number("node_class_count", 256);
  limits.grams = number("gram_buckets", 65536);
  limits.word_classes = number("word_class_count", 256);
  limits.vocabulary = line_count(text("vocabulary"));
  limits.sources = line_count(text("sources"));
  limits.databases = line_count(text("databases"));
  if (limits.vocabulary == 0) fail(path, "the header's vocabulary is empty");
  return limits;
}

void check_example(const TrainingExample& example, const ExampleLimits& limits,
                   const std::string& path) {
  const ModelInput& input = example.input;
  const auto require = [&](bool condition, const char* what) {
    if (!condition) fail(path, std::string("an example is not sound: ") + what);
  };
  const auto all_below = [](const auto& values, std::uint32_t limit) {
    return std::all_of(values.begin(), values.end(), [&](auto value) {
      return static_cast<std::int64_t>(value) >= 0 && static_cast<std::uint64_t>(value) < limit;
    });
  };
  require(input.tokens >= 0 && input.columns >= 0 && input.tables >= 0 && input.values >= 0,
          "a negative node count");
  const std::int64_t wide_nodes =
      std::int64_t{input.tokens} + input.columns + input.tables + input.values;
  require(wide_nodes >= 1 && wide_nodes <= static_cast<std::int64_t>(nodes_max), "its node count");
  const auto nodes = static_cast<std::size_t>(wide_nodes);
  require(input.node_classes.size() == nodes, "node_classes has another size");
  require(input.relations.size() == nodes * nodes, "relations has another size");
  require(input.word_begin.size() == nodes + 1 && input.word_begin[0] == 0 &&
              input.word_begin[nodes] == static_cast<std::int64_t>(input.word_ids.size()),
          "word_begin");
  for (std::size_t n = 0; n < nodes; ++n) {
    const std::int64_t words = std::int64_t{input.word_begin[n + 1]} - input.word_begin[n];
    require(words >= 1 && words <= static_cast<std::int64_t>(words_per_node_max),
            "a node has not one to eight words");
  }
  const std::size_t words = input.word_ids.size();
  require(input.word_classes.size() == words, "word_classes has another size");
  require(input.gram_begin.size() == words + 1 && input.gram_begin[0] == 0 &&
              input.gram_begin[words] == static_cast<std::int64_t>(input.gram_ids.size()),
          "gram_begin");
  for (std::size_t w = 0; w < words; ++w) {
    const std::int64_t grams = std::int64_t{input.gram_begin[w + 1]} - input.gram_begin[w];
    require(grams >= 0 && grams <= static_cast<std::int64_t>(grams_per_word_max),
            "a word has too many grams");
  }
  require(all_below(input.word_ids, limits.vocabulary), "a word id beyond the vocabulary");
  require(all_below(input.word_classes, limits.word_classes), "a word class out of range");
  require(all_below(input.gram_ids, limits.grams), "a gram out of range");
  require(all_below(input.node_classes, limits.node_classes), "a node class out of range");
  require(all_below(input.relations, limits.relations), "a relation out of range");
  require(example.source < limits.sources, "its source has no name in the header");
  require(example.database < limits.databases, "its database has no name in the header");
  require(!example.steps.empty() && example.steps.size() <= steps_max, "its number of steps");
  for (const TargetStep& step : example.steps) {
    require(step.target >= 0, "a negative target");
    if (step.target < static_cast<std::int64_t>(limits.symbols)) {
      require((step.allowed_symbols >> step.target & 1U) != 0,
              "a target symbol that is not allowed");
      continue;
    }
    const std::int64_t node = step.target - static_cast<std::int64_t>(limits.symbols);
    require(node >= input.tokens && node < wide_nodes, "a target beyond the nodes");
    const int kind = node < input.tokens + input.columns                  ? 0
                     : node < input.tokens + input.columns + input.tables ? 1
                                                                          : 2;
    require((step.allowed_pointers >> kind & 1) != 0, "a target node that is not allowed");
  }
}

struct ExampleEncoder::Tables {
  Numbering words, nodes, masks;
  RelationPredictor predictor;
  std::vector<std::uint32_t> node_ids;
  std::vector<std::uint8_t> relations;
};

ExampleEncoder::ExampleEncoder() : tables_(std::make_unique<Tables>()) {}
ExampleEncoder::~ExampleEncoder() = default;

void ExampleEncoder::encode(const TrainingExample& example, ByteSink& sink) {
  const ModelInput& input = example.input;
  const auto nodes = static_cast<std::size_t>(input.nodes());
  sink.varint(example.source);
  sink.varint(example.database);
  for (const std::int32_t count : {input.tokens, input.columns, input.tables, input.values})
    sink.varint(static_cast<std::uint64_t>(count));

  tables_->node_ids.clear();
  for (std::size_t n = 0; n < nodes; ++n) {
    ByteSink node;
    ByteSink words;  // As written: numbers, with the fields of those that are new.
    node.varint(input.node_classes[n]);
    const auto begin = static_cast<std::size_t>(input.word_begin[n]);
    const auto end = static_cast<std::size_t>(input.word_begin[n + 1]);
    node.varint(end - begin);
    words.raw(node.bytes());
    for (std::size_t w = begin; w < end; ++w) {
      ByteSink word;
      word.varint(static_cast<std::uint64_t>(input.word_ids[w]));
      word.varint(input.word_classes[w]);
      word.varint(static_cast<std::uint64_t>(input.gram_begin[w + 1] - input.gram_begin[w]));
      for (std::int32_t g = input.gram_begin[w]; g < input.gram_begin[w + 1]; ++g)
        word.varint(input.gram_ids[static_cast<std::size_t>(g)]);
      const auto [number, fresh] = tables_->words.number(key_of(word));
      node.varint(number);
      words.varint(number);
      if (fresh) words.raw(word.bytes());
    }
    const auto [number, fresh] = tables_->nodes.number(key_of(node));
    sink.varint(number);
    if (fresh) sink.raw(words.bytes());
    tables_->node_ids.push_back(number);
  }

  tables_->relations.resize(nodes * nodes);
  std::uint64_t right = 0;
  std::size_t cell = 0;
  tables_->predictor.visit(tables_->node_ids, input.node_classes,
                           static_cast<std::size_t>(input.tokens), tables_->relations,
                           [&](std::uint8_t guess) {
                             const std::uint8_t relation = input.relations[cell++];
                             if (relation == guess) {
                               ++right;
                             } else {
                               sink.varint(right);
                               sink.fixed(relation);
                               right = 0;
                             }
                             return relation;
                           });
  if (right > 0) sink.varint(right);

  sink.varint(example.steps.size());
  for (const TargetStep& step : example.steps) {
    sink.varint(static_cast<std::uint64_t>(step.target));
    ByteSink mask;
    mask.varint(step.allowed_symbols);
    mask.varint(step.allowed_pointers);
    const auto [number, fresh] = tables_->masks.number(key_of(mask));
    sink.varint(number);
    if (fresh) sink.raw(mask.bytes());
  }
}

struct ExampleDecoder::Tables {
  std::vector<Word> words;
  std::vector<Node> nodes;
  std::vector<Mask> masks;
  RelationPredictor predictor;
  std::vector<std::uint32_t> node_ids;

  std::uint32_t read_word(ByteSource& source, const ExampleLimits& limits) {
    const auto number = static_cast<std::uint32_t>(source.varint_below(words.size() + 1, "word"));
    if (number < words.size()) return number;
    Word word{};
    word.id = static_cast<std::int32_t>(source.varint_below(limits.vocabulary, "word id"));
    word.word_class =
        static_cast<std::uint8_t>(source.varint_below(limits.word_classes, "word class"));
    const auto grams = source.varint_below(grams_per_word_max + 1, "gram count");
    for (std::uint64_t g = 0; g < grams; ++g)
      word.grams.push_back(static_cast<std::uint16_t>(source.varint_below(limits.grams, "gram")));
    words.push_back(std::move(word));
    return number;
  }

  std::uint32_t read_node(ByteSource& source, const ExampleLimits& limits) {
    const auto number = static_cast<std::uint32_t>(source.varint_below(nodes.size() + 1, "node"));
    if (number < nodes.size()) return number;
    Node node{};
    node.node_class =
        static_cast<std::uint8_t>(source.varint_below(limits.node_classes, "node class"));
    const auto count = source.varint_below(words_per_node_max + 1, "word count");
    for (std::uint64_t w = 0; w < count; ++w) node.words.push_back(read_word(source, limits));
    nodes.push_back(std::move(node));
    return number;
  }

  const Mask& read_mask(ByteSource& source) {
    const auto number = source.varint_below(masks.size() + 1, "mask");
    if (number == masks.size()) {
      Mask mask{};
      mask.symbols = source.varint();
      mask.pointers = static_cast<std::uint8_t>(source.varint_below(256, "pointer mask"));
      masks.push_back(mask);
    }
    return masks[static_cast<std::size_t>(number)];
  }
};

ExampleDecoder::ExampleDecoder(const ExampleLimits& limits)
    : limits_(limits), tables_(std::make_unique<Tables>()) {}
ExampleDecoder::~ExampleDecoder() = default;

TrainingExample ExampleDecoder::decode(ByteSource& source, const std::string& path) {
  TrainingExample example;
  ModelInput& input = example.input;
  example.source = static_cast<std::uint16_t>(source.varint_below(65536, "source"));
  example.database = static_cast<std::uint16_t>(source.varint_below(65536, "database"));
  for (std::int32_t* count : {&input.tokens, &input.columns, &input.tables, &input.values})
    *count = static_cast<std::int32_t>(source.varint_below(nodes_max + 1, "node count"));
  const auto nodes = static_cast<std::size_t>(input.nodes());
  if (nodes > nodes_max) source.fail("too many nodes");

  tables_->node_ids.clear();
  input.word_begin.push_back(0);
  input.gram_begin.push_back(0);
  for (std::size_t n = 0; n < nodes; ++n) {
    tables_->node_ids.push_back(tables_->read_node(source, limits_));
    const Node& node = tables_->nodes[tables_->node_ids.back()];
    input.node_classes.push_back(node.node_class);
    for (const std::uint32_t number : node.words) {
      const Word& word = tables_->words[number];
      input.word_ids.push_back(word.id);
      input.word_classes.push_back(word.word_class);
      input.gram_ids.insert(input.gram_ids.end(), word.grams.begin(), word.grams.end());
      input.gram_begin.push_back(static_cast<std::int32_t>(input.gram_ids.size()));
    }
    input.word_begin.push_back(static_cast<std::int32_t>(input.word_ids.size()));
  }

  input.relations.resize(nodes * nodes);
  std::size_t left = nodes * nodes;
  std::uint64_t right = 0;
  if (left > 0) right = source.varint_below(left + 1, "run");
  tables_->predictor.visit(tables_->node_ids, input.node_classes,
                           static_cast<std::size_t>(input.tokens), input.relations,
                           [&](std::uint8_t guess) {
                             --left;
                             if (right > 0) {
                               --right;
                               return guess;
                             }
                             const auto relation = source.fixed<std::uint8_t>();
                             if (left > 0) right = source.varint_below(left + 1, "run");
                             return relation;
                           });

  const auto steps = source.varint_below(steps_max + 1, "step count");
  for (std::uint64_t s = 0; s < steps; ++s) {
    TargetStep step;
    step.target = static_cast<std::int32_t>(
        source.varint_below(std::uint64_t{limits_.symbols} + nodes, "target"));
    const Mask& mask = tables_->read_mask(source);
    step.allowed_symbols = mask.symbols;
    step.allowed_pointers = mask.pointers;
    example.steps.push_back(step);
  }
  check_example(example, limits_, path);
  return example;
}

}  // namespace idi::model_io
