#include "idi/model_io/example_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>

#include "scratch_file.hpp"

namespace idi::model_io {
namespace {

using Kind = FormatError::Kind;

ExampleHeader some_header() {
  return {{"symbol_count", "42"},   {"relation_count", "64"},   {"node_class_count", "16"},
          {"gram_buckets", "8192"}, {"word_class_count", "46"}, {"vocabulary", "<unk>\na\nb\nc\n"},
          {"sources", "one\ntwo"},  {"databases", "x\ny\nz\n"}, {"more", "kept"}};
}

TrainingExample random_example(std::mt19937& random, int nodes_most) {
  const auto below = [&](int limit) {
    return std::uniform_int_distribution<int>(0, limit - 1)(random);
  };
  TrainingExample example;
  ModelInput& input = example.input;
  input.tokens = below(nodes_most);
  input.columns = 1 + below(nodes_most);
  input.tables = 1 + below(3);
  input.values = below(3);
  const int nodes = input.nodes();
  input.word_begin.push_back(0);
  input.gram_begin.push_back(0);
  for (int n = 0; n < nodes; ++n) {
    const int words = 1 + below(8);
    for (int w = 0; w < words; ++w) {
      input.word_ids.push_back(below(4));
      input.word_classes.push_back(static_cast<std::uint8_t>(below(46)));
      const int grams = below(5);
      for (int g = 0; g < grams; ++g)
        input.gram_ids.push_back(static_cast<std::uint16_t>(below(8192)));
      input.gram_begin.push_back(static_cast<std::int32_t>(input.gram_ids.size()));
    }
    input.word_begin.push_back(static_cast<std::int32_t>(input.word_ids.size()));
    input.node_classes.push_back(static_cast<std::uint8_t>(below(16)));
  }
  for (int cell = 0; cell < nodes * nodes; ++cell)
    input.relations.push_back(static_cast<std::uint8_t>(below(10) == 0 ? below(64) : cell % 3));
  const int steps = 1 + below(12);
  for (int s = 0; s < steps; ++s) {
    TargetStep step;
    step.allowed_symbols = random();
    step.target = below(2) == 0 ? below(42) : 42 + input.tokens + below(nodes - input.tokens);
    if (step.target < 42) step.allowed_symbols |= std::uint64_t{1} << step.target;
    step.allowed_pointers = 7;
    example.steps.push_back(step);
  }
  example.source = static_cast<std::uint16_t>(below(2));
  example.database = static_cast<std::uint16_t>(below(3));
  return example;
}

bool same(const TrainingExample& a, const TrainingExample& b) {
  const auto steps_equal = [](const TargetStep& x, const TargetStep& y) {
    return x.target == y.target && x.allowed_symbols == y.allowed_symbols &&
           x.allowed_pointers == y.allowed_pointers;
  };
  const ModelInput &x = a.input, &y = b.input;
  return x.tokens == y.tokens && x.columns == y.columns && x.tables == y.tables &&
         x.values == y.values && x.word_begin == y.word_begin && x.word_ids == y.word_ids &&
         x.word_classes == y.word_classes && x.gram_begin == y.gram_begin &&
         x.gram_ids == y.gram_ids && x.node_classes == y.node_classes &&
         x.relations == y.relations && a.source == b.source && a.database == b.database &&
         std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(), steps_equal);
}

void write_all(const std::string& path, const std::vector<TrainingExample>& examples) {
  const auto writer = ExampleWriter::create(path, some_header());
  for (const TrainingExample& example : examples) writer->add(example);
  writer->finish();
}

Kind kind_of_reading(const std::string& path) {
  try {
    static_cast<void>(read_examples(path));
  } catch (const FormatError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr(path));
    return error.kind;
  }
  ADD_FAILURE() << "was accepted";
  return Kind::io_failed;
}

TEST(ExampleFileProperty, RandomExamplesSurviveTheRoundTrip) {
  EXPECT_TRUE(rc::check([] {
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    std::vector<TrainingExample> examples;
    const int count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i) examples.push_back(random_example(random, 12));
    // Again, so that what the tables remember is used.
    const std::vector<TrainingExample> first = examples;
    examples.insert(examples.end(), first.begin(), first.end());
    const ScratchFile file;
    write_all(file.path(), examples);
    const ExampleSet read = read_examples(file.path());
    RC_ASSERT(read.header == some_header());
    RC_ASSERT(read.examples.size() == examples.size());
    for (std::size_t i = 0; i < examples.size(); ++i)
      RC_ASSERT(same(read.examples[i], examples[i]));
  }));
}

TEST(ExampleFile, ARepeatedExampleCostsLittle) {
  std::mt19937 random(7);
  const TrainingExample example = random_example(random, 30);
  const ScratchFile once, often;
  write_all(once.path(), {example});
  write_all(often.path(), std::vector<TrainingExample>(101, example));
  const auto nodes = static_cast<std::size_t>(example.input.nodes());
  EXPECT_LT((often.read().size() - once.read().size()) / 100, nodes * nodes / 2);
}

TEST(ExampleFile, EveryFlippedByteAndEveryCutIsRefused) {
  std::mt19937 random(3);
  const ScratchFile file;
  write_all(file.path(), {random_example(random, 5), random_example(random, 5)});
  const std::string good = file.read();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x04);
    file.write(bad);
    EXPECT_EQ(kind_of_reading(file.path()), i < 8    ? Kind::unreadable
                                            : i < 12 ? Kind::wrong_version
                                                     : Kind::corrupt)
        << i;
    file.write(good.substr(0, i));
    EXPECT_EQ(kind_of_reading(file.path()), i < 8 ? Kind::unreadable : Kind::corrupt) << i;
  }
}

TEST(ExampleFile, WithoutFinishNothingIsLeft) {
  std::mt19937 random(3);
  const ScratchFile file;
  ExampleWriter::create(file.path(), some_header())->add(random_example(random, 5));
  EXPECT_EQ(kind_of_reading(file.path()), Kind::unreadable);
}

TEST(ExampleFile, UnsoundExamplesAreRefusedWhenWritten) {
  std::mt19937 random(5);
  const TrainingExample good = random_example(random, 8);
  const ScratchFile file;
  const auto refused = [&](auto change) {
    TrainingExample bad = good;
    change(bad);
    const auto writer = ExampleWriter::create(file.path(), some_header());
    EXPECT_THROW(writer->add(bad), FormatError);
  };
  refused([](TrainingExample& e) { e.input.tokens = -1; });
  refused([](TrainingExample& e) { e.input.columns += 1; });
  refused([](TrainingExample& e) {
    e.input.tokens = 2'000'000'000;
    e.input.columns = 2'000'000'000;
  });
  refused([](TrainingExample& e) { e.input.relations.pop_back(); });
  refused([](TrainingExample& e) { e.input.relations[0] = 64; });
  refused([](TrainingExample& e) { e.input.word_ids[0] = 4; });
  refused([](TrainingExample& e) { e.input.word_ids[0] = -1; });
  refused([](TrainingExample& e) { e.input.word_classes[0] = 46; });
  refused([](TrainingExample& e) { e.input.node_classes[0] = 16; });
  refused([](TrainingExample& e) { e.input.word_begin[1] = e.input.word_begin[0]; });
  refused([](TrainingExample& e) { e.input.gram_begin[1] = -1; });
  refused([](TrainingExample& e) { e.source = 2; });
  refused([](TrainingExample& e) { e.database = 3; });
  refused([](TrainingExample& e) { e.steps.clear(); });
  refused([](TrainingExample& e) {
    e.steps[0] = {.target = 3, .allowed_symbols = 0, .allowed_pointers = 7};
  });
  refused([](TrainingExample& e) {
    e.steps[0] = {.target = 42 + e.input.nodes(), .allowed_symbols = 0, .allowed_pointers = 7};
  });
  refused([](TrainingExample& e) {
    e.steps[0] = {.target = 42 + e.input.tokens, .allowed_symbols = 0, .allowed_pointers = 6};
  });
}

TEST(ExampleFile, HeadersMustBeComplete) {
  const ScratchFile file;
  for (const auto& [key, text] : some_header()) {
    if (key == "more") continue;
    ExampleHeader header = some_header();
    header.erase(key);
    EXPECT_THROW(static_cast<void>(ExampleWriter::create(file.path(), header)), FormatError) << key;
  }
  for (const char* number : {"", "0", "-1", "12 ", "65", "99999999999"}) {
    ExampleHeader header = some_header();
    header["symbol_count"] = number;
    EXPECT_THROW(static_cast<void>(ExampleWriter::create(file.path(), header)), FormatError)
        << number;
  }
}

}  // namespace
}  // namespace idi::model_io
