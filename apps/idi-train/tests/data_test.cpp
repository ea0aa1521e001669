// What reaches the engine: selection, sampling, augmentation, packing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "../src/augment.hpp"
#include "../src/batch.hpp"
#include "../src/sampler.hpp"
#include "made_up_examples.hpp"

namespace idi::train {
namespace {

using testing::HasSubstr;

constexpr MadeUp shape{
    .tokens = 6, .columns = 8, .tables = 3, .values = 2, .vocabulary = 60, .pointers = 3};

std::vector<TrainingExample> some_examples(int count) {
  std::vector<TrainingExample> examples;
  for (int i = 0; i < count; ++i)
    examples.push_back(make_up_example(shape, static_cast<std::uint64_t>(i)));
  return examples;
}

const std::vector<std::string> sources = {"real", "synthetic"};
const std::vector<std::string> databases = {"db0", "db1", "db2", "db3", "db4", "db5", "db6", "db7"};

TEST(Select, HeldOutDatabasesAreForValidationOnly) {
  const auto examples = some_examples(200);
  Options options;
  options.hold_out = {"db2", "db5"};
  const Selection selection = select(examples, sources, databases, options);
  std::size_t training = 0;
  for (const auto& source : selection.by_source) {
    for (const auto i : source) EXPECT_TRUE(examples[i].database != 2 && examples[i].database != 5);
    training += source.size();
  }
  for (const auto i : selection.validation)
    EXPECT_TRUE(examples[i].database == 2 || examples[i].database == 5);
  EXPECT_GT(selection.validation.size(), 20U);
  EXPECT_EQ(training + selection.validation.size(), examples.size());
}

TEST(Select, UnknownNamesAndEmptySelectionsAreErrors) {
  const auto examples = some_examples(20);
  const auto refused = [&](auto change, const char* what) {
    Options options;
    change(options);
    try {
      static_cast<void>(select(examples, sources, databases, options));
      ADD_FAILURE() << "accepted: " << what;
    } catch (const UsageError& error) {
      EXPECT_THAT(error.what(), HasSubstr(what));
    }
  };
  refused([](Options& o) { o.hold_out = {"db9"}; }, "db9");
  refused([](Options& o) { o.mix = {{"reel", 1}}; }, "reel");
  refused([](Options& o) { o.synthetic_sources = {"x"}; }, "x");
  refused([](Options& o) { o.mix = {{"real", 0}}; }, "no example");
  refused([](Options& o) { o.hold_out = databases; }, "no example");
  refused(
      [](Options& o) {
        o.synthetic_sources = sources;
        o.finish_real = 0.1;
      },
      "--finish-real");
}

TEST(Sampler, DrawsSourcesByWeightAndEachExampleOnceARound) {
  const auto examples = some_examples(100);
  Options options;
  options.mix = {{"real", 3}, {"synthetic", 1}};
  options.synthetic_sources = {"synthetic"};
  const Selection selection = select(examples, sources, databases, options);
  Sampler sampler(selection, 5);
  std::map<int, int> by_source;
  std::map<std::uint32_t, int> by_example;
  for (int i = 0; i < 8000; ++i) {
    const auto index = sampler.next(false);
    ++by_source[examples[index].source];
    ++by_example[index];
  }
  EXPECT_NEAR(by_source[0], 6000, 200);
  EXPECT_NEAR(by_source[1], 2000, 200);
  int least = 8000;
  int most = 0;
  for (const auto i : selection.by_source[0]) {
    least = std::min(least, by_example[i]);
    most = std::max(most, by_example[i]);
  }
  EXPECT_LE(most - least, 1);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(examples[sampler.next(true)].source, 0);
}

TEST(Sampler, GoesOnFromItsState) {
  const auto examples = some_examples(50);
  const Selection selection = select(examples, sources, databases, {});
  Sampler one(selection, 5);
  for (int i = 0; i < 77; ++i) static_cast<void>(one.next(false));
  Sampler other(selection, 5);
  other.set_state(one.state());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one.next(false), other.next(false));
  EXPECT_THROW(other.set_state("1 2"), UsageError);
  EXPECT_THROW(other.set_state("1 0 9999 0 0"), UsageError);
}

TEST(Augment, KeepsWhatTheTargetUsesAndItsRelations) {
  Random random(3);
  AugmentOptions options;
  options.item_drop_examples = 1;
  options.item_drop_most = 1;
  options.schema_word_dropout = options.question_word_dropout = 0;
  int dropped = 0;
  for (const TrainingExample& before : some_examples(50)) {
    const TrainingExample after = augment(before, options, made_up_symbols, {}, random);
    const auto& in = before.input;
    const auto& out = after.input;
    dropped += in.nodes() - out.nodes();
    EXPECT_EQ(out.tokens, in.tokens);
    EXPECT_EQ(out.tables, in.tables);
    ASSERT_EQ(out.relations.size(), static_cast<std::size_t>(out.nodes() * out.nodes()));
    ASSERT_EQ(after.steps.size(), before.steps.size());
    const auto first_word = [](const auto& input, int n) {
      return input.word_ids[input.word_begin[n]];
    };
    for (std::size_t t = 0; t < after.steps.size(); ++t) {
      const int was = before.steps[t].target - made_up_symbols;
      const int is = after.steps[t].target - made_up_symbols;
      if (was < 0) {
        EXPECT_EQ(is, was);
        continue;
      }
      EXPECT_EQ(first_word(out, is), first_word(in, was));
      for (int n = 0; n < in.tokens; ++n)
        EXPECT_EQ(out.relations[n * out.nodes() + is], in.relations[n * in.nodes() + was]);
    }
  }
  EXPECT_GT(dropped, 50);
}

TEST(Augment, MakesTheAskedShareOfWordsUnknown) {
  Random random(3);
  AugmentOptions options;
  options.item_drop_examples = 0;
  options.schema_word_dropout = 0.5F;
  options.question_word_dropout = 0;
  options.keep_grams = 0.5F;
  double words = 0;
  double unknown = 0;
  double with_grams = 0;
  for (const TrainingExample& before : some_examples(200)) {
    const auto out = augment(before, options, made_up_symbols, {}, random).input;
    ASSERT_EQ(out.gram_begin.size(), out.word_ids.size() + 1);
    EXPECT_EQ(out.gram_begin.back(), static_cast<std::int32_t>(out.gram_ids.size()));
    for (int n = 0; n < out.nodes(); ++n) {
      const bool schema = n >= out.tokens && n < out.tokens + out.columns + out.tables;
      for (int w = out.word_begin[n]; w < out.word_begin[n + 1]; ++w) {
        if (!schema) {
          EXPECT_NE(out.word_ids[w], 0);
          continue;
        }
        words += 1;
        if (out.word_ids[w] != 0) continue;
        unknown += 1;
        with_grams += out.gram_begin[w + 1] > out.gram_begin[w] ? 1 : 0;
      }
    }
  }
  EXPECT_NEAR(unknown / words, 0.5, 0.05);
  EXPECT_NEAR(with_grams / unknown, 0.5, 0.05);
}

TEST(Augment, WhatLinksNothingIsTheCommonestRelation) {
  const auto examples = some_examples(50);
  const Unlinked unlinked = find_unlinked(examples);
  EXPECT_EQ(unlinked.word_column, 13);
  EXPECT_EQ(unlinked.column_word, 22);
  EXPECT_EQ(unlinked.word_table, 16);
  EXPECT_EQ(unlinked.table_word, 34);
}

TEST(Augment, ColumnsAndTablesForgetTheirLinksAtTheAskedShare) {
  Random random(3);
  AugmentOptions options;
  options.item_drop_examples = 0;
  options.schema_word_dropout = options.question_word_dropout = 0;
  const auto examples = some_examples(300);
  const Unlinked unlinked = find_unlinked(examples);
  const auto linked = [&](const TrainingExample& example) {
    int links = 0;
    const auto& input = example.input;
    for (int w = 0; w < input.tokens; ++w) {
      for (int c = input.tokens; c < input.tokens + input.columns; ++c) {
        const bool there = input.relations[w * input.nodes() + c] != unlinked.word_column;
        const bool back = input.relations[c * input.nodes() + w] != unlinked.column_word;
        EXPECT_EQ(there, back);
        links += there ? 1 : 0;
      }
    }
    return links;
  };
  int before = 0;
  int after = 0;
  for (const TrainingExample& example : examples) {
    options.link_dropout = 1;
    EXPECT_EQ(linked(augment(example, options, made_up_symbols, unlinked, random)), 0);
    options.link_dropout = 0;
    const TrainingExample same = augment(example, options, made_up_symbols, unlinked, random);
    EXPECT_EQ(same.input.relations, example.input.relations);
    options.link_dropout = 0.3F;
    before += linked(example);
    const TrainingExample some = augment(example, options, made_up_symbols, unlinked, random);
    after += linked(some);
    // The question's own words and the schema's own keys stay as they are.
    for (int a = 0; a < example.input.tokens; ++a)
      for (int b = 0; b < example.input.tokens; ++b)
        EXPECT_EQ(some.input.relations[a * some.input.nodes() + b],
                  example.input.relations[a * some.input.nodes() + b]);
  }
  EXPECT_NEAR(static_cast<double>(after) / before, 0.7, 0.07);
}

TEST(Batch, PacksExamplesEndToEnd) {
  const auto examples = some_examples(3);
  const std::vector<const TrainingExample*> pointers = {&examples[0], &examples[1], &examples[2]};
  const Batch batch = pack(pointers, made_up_symbols);
  ASSERT_EQ(batch.examples(), 3);
  EXPECT_EQ(batch.nodes(),
            examples[0].input.nodes() + examples[1].input.nodes() + examples[2].input.nodes());
  const int e = 2;
  EXPECT_EQ(batch.before[batch.step_begin[e]], made_up_symbols);
  const int first = batch.node_begin[e];
  EXPECT_EQ(batch.ranges[e].columns - first, examples[e].input.tokens);
  int pointed = 0;
  for (std::size_t t = 0; t + 1 < examples[e].steps.size(); ++t) {
    const int target = examples[e].steps[t].target;
    const int before = batch.before[batch.step_begin[e] + static_cast<int>(t) + 1];
    EXPECT_EQ(before, target < made_up_symbols ? target : -1 - (first + target - made_up_symbols));
    if (target >= made_up_symbols) {
      EXPECT_EQ(batch.used[first + target - made_up_symbols], 1);
      ++pointed;
    }
  }
  EXPECT_GT(pointed, 0);
}

}  // namespace
}  // namespace idi::train
