// A training as a whole, over files: options, schedule, checkpoints, curve, weights, scores.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cmath>

#include "../src/blend.hpp"
#include "../src/session.hpp"
#include "../src/trainer.hpp"
#include "../src/weights.hpp"
#include "idi/model_io/tensor_file.hpp"
#include "made_up_examples.hpp"
#include "scratch_folder.hpp"

namespace idi::train {
namespace {

using model_io::FormatError;
using testing::HasSubstr;

constexpr MadeUp shape{
    .tokens = 6, .columns = 8, .tables = 3, .values = 2, .vocabulary = 60, .pointers = 3};

void write_examples(const std::string& path, int count, int seed = 0) {
  const auto writer = model_io::ExampleWriter::create(path, made_up_header(shape));
  for (int i = 0; i < count; ++i)
    writer->add(make_up_example(shape, static_cast<std::uint64_t>(seed + i)));
  writer->finish();
}

std::vector<std::string> small(std::vector<std::string> arguments) {
  for (const char* more :
       {"--width", "32", "--heads", "2", "--encoder-layers", "1", "--decoder-layers", "1",
        "--feed-forward", "32", "--threads", "1", "--batch", "8"})
    arguments.emplace_back(more);
  return arguments;
}

int run(const std::vector<std::string>& arguments, bool stopped = false) {
  const std::atomic<bool> stop{stopped};
  const Options options = read_options(small(arguments));
  return train(options, stop);
}

TEST(Training, WritesWeightsCurveAndCheckpoint) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 60);
  write_examples(folder.file("valid"), 10, 1000);
  EXPECT_EQ(run({folder.file("train"), folder.file("weights"), "--steps", "20", "--hold-out",
                 "db3,db4", "--valid", folder.file("valid"), "--checkpoint", folder.file("state"),
                 "--evaluate-minutes", "0.001"}),
            0);
  const auto file = model_io::TensorFile::open(folder.file("weights"));
  EXPECT_EQ(file->number("width"), 32);
  EXPECT_EQ(file->number("relation_count"), made_up_relations);
  EXPECT_EQ(file->text("vocabulary"), made_up_header(shape).at("vocabulary"));
  EXPECT_EQ(file->tensor("encoder.0.query.weight").shape, (std::vector<std::int64_t>{32, 32}));
  EXPECT_THAT(std::string(file->text("training")), HasSubstr("steps 20\n"));
  EXPECT_THAT(folder.read("weights.curve.csv"), HasSubstr("\n"));
  EXPECT_THAT(folder.read("weights.curve.svg"), HasSubstr("polyline"));
  EXPECT_GT(folder.read("state/training.ckpt").size(), 1000U);
}

TEST(Training, AResumedTrainingEndsLikeAnUnbrokenOne) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 60);
  const auto arguments = [&](const char* steps, const char* name) {
    return std::vector<std::string>{folder.file("train"),
                                    folder.file(name),
                                    "--rate",
                                    "0.001",
                                    "--steps",
                                    steps,
                                    "--warm-up",
                                    "0",
                                    "--last-rate",
                                    "1",
                                    "--checkpoint",
                                    folder.file(std::string(name) + ".state")};
  };
  run(arguments("12", "whole"));
  run(arguments("5", "broken"));
  auto again = arguments("12", "broken");
  again.emplace_back("--resume");
  run(again);
  EXPECT_EQ(load_weights(folder.file("whole")).values, load_weights(folder.file("broken")).values);
}

TEST(Training, AStoppedTrainingSavesWhatItHas) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 20);
  EXPECT_EQ(run({folder.file("train"), folder.file("weights"), "--steps", "1000", "--checkpoint",
                 folder.file("state")},
                true),
            130);
  EXPECT_NO_THROW(static_cast<void>(load_weights(folder.file("weights"))));
  EXPECT_GT(folder.read("state/training.ckpt").size(), 1000U);
}

TEST(Training, ResumingAnotherTrainingIsRefused) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 20);
  const std::vector<std::string> arguments = {
      folder.file("train"), folder.file("w"), "--steps", "2", "--checkpoint", folder.file("state")};
  run(arguments);
  auto other_seed = arguments;
  other_seed.insert(other_seed.end(), {"--seed", "9", "--resume"});
  EXPECT_THROW(run(other_seed), UsageError);
  auto absent = arguments;
  absent[5] = folder.file("elsewhere");
  absent.emplace_back("--resume");
  EXPECT_THROW(run(absent), FormatError);
}

TEST(Training, BeginsWithGivenWeightsTheirSizesAndTheirSelector) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 60);
  EXPECT_EQ(run({folder.file("train"), folder.file("first"), "--steps", "5"}), 0);
  model_io::copy_with_text(folder.file("first"), folder.file("fitted"), "selector", "bias 1\n");
  // The sizes of the command line, others than those of the file, are not used.
  const std::atomic<bool> stop{false};
  const Options options =
      read_options({folder.file("train"), folder.file("second"), "--steps", "1", "--rate", "1e-9",
                    "--from", folder.file("fitted"), "--threads", "1", "--width", "64"});
  EXPECT_EQ(train(options, stop), 0);
  const auto first = load_weights(folder.file("first"));
  const auto second = load_weights(folder.file("second"));
  EXPECT_EQ(second.sizes.width, 32);
  EXPECT_EQ(second.selector, "bias 1\n");
  ASSERT_EQ(second.values.size(), first.values.size());
  for (std::size_t i = 0; i < first.values.size(); ++i)
    ASSERT_NEAR(second.values[i], first.values[i], 1e-6F) << i;
}

/// As many symbols as a mask has bits.
constexpr int all_symbols = 64;

void write_examples_of_all_symbols(const std::string& path, int count) {
  auto header = made_up_header(shape);
  header["symbol_count"] = std::to_string(all_symbols);
  const auto writer = model_io::ExampleWriter::create(path, header);
  for (int i = 0; i < count; ++i) {
    auto example = make_up_example(shape, static_cast<std::uint64_t>(i));
    for (auto& step : example.steps) {
      step.target += step.target >= made_up_symbols ? all_symbols - made_up_symbols : 0;
      step.allowed_symbols = ~std::uint64_t{0};
    }
    example.steps.insert(example.steps.begin(), {all_symbols - 1, ~std::uint64_t{0}, 7});
    writer->add(example);
  }
  writer->finish();
}

TEST(Training, BeginsWithWeightsThatKnowFewerSymbols) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 60);
  write_examples_of_all_symbols(folder.file("more"), 60);
  EXPECT_EQ(run({folder.file("train"), folder.file("first"), "--steps", "5"}), 0);
  EXPECT_EQ(run({folder.file("more"), folder.file("second"), "--steps", "1", "--rate", "1e-9",
                 "--from", folder.file("first")}),
            0);
  const auto first = load_weights(folder.file("first"));
  const auto second = load_weights(folder.file("second"));
  EXPECT_EQ(second.sizes.symbols, all_symbols);
  const auto grown = with_symbols(first, all_symbols, 1).values;
  ASSERT_EQ(second.values.size(), grown.size());
  for (std::size_t i = 0; i < grown.size(); ++i) ASSERT_NEAR(second.values[i], grown[i], 1e-6F);
  // And the symbols can be learnt: the last one begins every example.
  EXPECT_EQ(run({folder.file("more"), folder.file("third"), "--steps", "150", "--rate", "0.01",
                 "--from", folder.file("first")}),
            0);
  EXPECT_THROW(
      run({folder.file("train"), folder.file("w"), "--steps", "1", "--from", folder.file("third")}),
      UsageError);
}

TEST(Weights, AppendedSymbolsLeaveTheOthersAndTheStartAsTheyWere) {
  const auto header = made_up_header(shape);
  Sizes sizes;
  sizes.width = 32;
  sizes.heads = 2;
  sizes = with_header(sizes, header);
  const Layout before(sizes);
  const LoadedWeights from{sizes, before.initial_values(4), "", "bias 1\n"};
  const LoadedWeights grown = with_symbols(from, sizes.symbols + 3, 5);
  const Layout after(grown.sizes);
  EXPECT_EQ(grown.sizes.symbols, made_up_symbols + 3);
  EXPECT_EQ(grown.selector, from.selector);
  ASSERT_EQ(grown.values.size(), static_cast<std::size_t>(after.count));
  const auto row = [](const std::vector<float>& values, Index begin, int number, int width) {
    const auto at = values.begin() + begin + Index{number} * width;
    return std::vector<float>(at, at + width);
  };
  for (int s = 0; s < made_up_symbols; ++s) {
    EXPECT_EQ(row(grown.values, after.symbols, s, 32), row(from.values, before.symbols, s, 32));
    EXPECT_EQ(row(grown.values, after.symbol_output.weight, s, 32),
              row(from.values, before.symbol_output.weight, s, 32));
    EXPECT_EQ(row(grown.values, after.symbol_output.bias, s, 1),
              row(from.values, before.symbol_output.bias, s, 1));
  }
  EXPECT_EQ(row(grown.values, after.symbols, made_up_symbols + 3, 32),
            row(from.values, before.symbols, made_up_symbols, 32));
  EXPECT_NE(row(grown.values, after.symbols, made_up_symbols, 32),
            row(grown.values, after.symbols, made_up_symbols + 1, 32));
  EXPECT_EQ(row(grown.values, after.encoder[1].query_key_value.weight, 7, 32),
            row(from.values, before.encoder[1].query_key_value.weight, 7, 32));
  EXPECT_EQ(row(grown.values, after.pointer_key.weight, 31, 32),
            row(from.values, before.pointer_key.weight, 31, 32));
  EXPECT_EQ(with_symbols(from, sizes.symbols, 5).values, from.values);
}

TEST(Training, BeginningWithWeightsOfAnotherVocabularyIsRefused) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 20);
  EXPECT_EQ(run({folder.file("train"), folder.file("first"), "--steps", "1"}), 0);
  auto header = made_up_header(shape);
  header["vocabulary"] += "more\n";
  const auto writer = model_io::ExampleWriter::create(folder.file("other"), header);
  writer->add(make_up_example(shape, 1));
  writer->finish();
  EXPECT_THROW(
      run({folder.file("other"), folder.file("w"), "--steps", "1", "--from", folder.file("first")}),
      UsageError);
}

TEST(Training, AnotherVocabularyForValidationIsRefused) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 20);
  auto header = made_up_header(shape);
  header["vocabulary"] += "more\n";
  model_io::ExampleWriter::create(folder.file("valid"), header)->finish();
  EXPECT_THROW(run({folder.file("train"), folder.file("w"), "--steps", "2", "--valid",
                    folder.file("valid")}),
               UsageError);
}

TEST(Training, PlacesThatCannotBeWrittenAreErrorsBeforeTheTraining) {
  const ScratchFolder folder;
  write_examples(folder.file("train"), 20);
  EXPECT_THROW(run({folder.file("none"), folder.file("w"), "--steps", "2"}), FormatError);
  ASSERT_EQ(::mkfifo(folder.file("pipe").c_str(), 0600), 0);
  for (const char* place : {"no/w", ".", "pipe"})
    EXPECT_THROW(run({folder.file("train"), folder.file(place), "--minutes", "1000"}),
                 std::runtime_error);
}

TEST(Weights, HalvesAreNearAndWholesEqual) {
  const ScratchFolder folder;
  const auto header = made_up_header(shape);
  Sizes sizes;
  sizes.width = 32;
  sizes.heads = 2;
  const Layout layout(with_header(sizes, header));
  const auto values = layout.initial_values(1);
  save_weights(folder.file("whole"), layout, values, header, "", false);
  save_weights(folder.file("half"), layout, values, header, "", true);
  EXPECT_EQ(load_weights(folder.file("whole")).values, values);
  const auto halves = load_weights(folder.file("half")).values;
  ASSERT_EQ(halves.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    ASSERT_NEAR(halves[i], values[i], std::fabs(values[i]) / 1000 + 1e-7F);
  EXPECT_LT(folder.read("half").size(), folder.read("whole").size() * 6 / 10);
}

TEST(Schedule, RisesThenFalls) {
  Options options;
  options.steps = 1000;
  options.warm_up = 0.1;
  options.rate = 2;
  Session session;
  EXPECT_LT(session.rate(options), 0.02F);
  session.step = 100;
  EXPECT_NEAR(session.rate(options), 2, 0.01);
  session.step = 550;
  EXPECT_NEAR(session.rate(options), 1, 0.02);
  session.step = 999;
  EXPECT_NEAR(session.rate(options), 0.02, 0.005);
}

TEST(Schedule, FollowsTheClockIfAsked) {
  Options options;
  options.minutes = 10;
  Session session;
  session.seconds = 300;
  EXPECT_DOUBLE_EQ(session.progress(options), 0.5);
  session.seconds = 601;
  EXPECT_DOUBLE_EQ(session.progress(options), 1);
}

TEST(LearningCurve, SurvivesTheRoundTrip) {
  const std::vector<CurvePoint> curve = {{1.5, 10, 320, 1e-3, 2.5, 0.5, 0.25, 2.75, 0.5},
                                         {3, 20, 640, 5e-4, 1.5, 0.25, 0.5, -1, -1}};
  const auto again = from_csv(to_csv(curve));
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].step, 10);
  EXPECT_DOUBLE_EQ(again[0].valid_accuracy, 0.5);
  EXPECT_DOUBLE_EQ(again[1].valid_loss, -1);
  EXPECT_EQ(to_svg({}).find("nan"), std::string::npos);
}

TEST(OptionsReader, ReadsValuesAfterASpaceOrAnEqualSign) {
  const Options options = read_options({"e", "w", "--steps=7", "--rate", "0.5", "--mix",
                                        "real=0.6,synthetic=0.4", "--hold-out", "a,b", "--half"});
  EXPECT_EQ(options.examples, "e");
  EXPECT_EQ(options.weights, "w");
  EXPECT_EQ(options.steps, 7);
  EXPECT_FLOAT_EQ(options.rate, 0.5F);
  EXPECT_DOUBLE_EQ(options.mix.at("synthetic"), 0.4);
  EXPECT_THAT(options.hold_out, testing::ElementsAre("a", "b"));
  EXPECT_TRUE(options.half);
}

TEST(OptionsReader, ReadsNamesFromAFile) {
  const ScratchFolder folder;
  write_text(folder.file("names"), "one\r\ntwo\n\nthree");
  const Options options =
      read_options({"e", "w", "--steps", "1", "--hold-out", "@" + folder.file("names")});
  EXPECT_THAT(options.hold_out, testing::ElementsAre("one", "two", "three"));
}

TEST(OptionsReader, MistakesAreNamed) {
  const auto refused = [](std::vector<std::string> arguments, const char* what) {
    try {
      static_cast<void>(read_options(arguments));
      ADD_FAILURE() << "accepted: " << what;
    } catch (const UsageError& error) {
      EXPECT_THAT(error.what(), HasSubstr(what));
    }
  };
  refused({}, "EXAMPLES");
  refused({"e", "w"}, "--minutes");
  refused({"e", "w", "--steps", "1", "--minutes", "1"}, "either");
  refused({"e", "w", "--step", "1"}, "--step");
  refused({"e", "w", "--steps"}, "--steps");
  refused({"e", "w", "--steps", "1.5"}, "whole");
  refused({"e", "w", "--steps", "0"}, "from 1");
  refused({"e", "w", "--steps", "1", "--dropout", "nan"}, "--dropout");
  refused({"e", "w", "--steps", "1", "--dropout", "1"}, "below 1");
  refused({"e", "w", "--steps", "1", "--mix", "real"}, "--mix");
  refused({"e", "w", "--steps", "1", "--half=1"}, "--half");
  refused({"e", "w", "--steps", "1", "--resume"}, "--checkpoint");
  refused({"e", "w", "--steps", "1", "--finish-real", "0.1"}, "--synthetic-sources");
  refused({"e", "w", "--steps", "1", "--hold-out", "@/nonexistent"}, "/nonexistent");
  refused({"--score", "w"}, "--score");
  EXPECT_EQ(read_options({"--help"}).command, "help");
}

TEST(LayoutSizes, ImpossibleOnesAreRefused) {
  const auto refused = [](auto change) {
    Sizes sizes;
    change(sizes);
    EXPECT_THROW(Layout{sizes}, std::invalid_argument);
  };
  refused([](Sizes& s) { s.width = 190; });
  refused([](Sizes& s) { s.heads = 5; });
  refused([](Sizes& s) { s.encoder_layers = 0; });
  refused([](Sizes& s) { s.decoder_layers = 0; });
  refused([](Sizes& s) { s.feed_forward = 100; });
}

std::string tensor_file(const std::string& path, std::int64_t symbols, float value) {
  const auto filled = [&](std::int64_t rows, std::int64_t columns) {
    std::vector<float> values(static_cast<std::size_t>(rows * columns), value);
    for (std::int64_t i = 0; i < columns; ++i) values[values.size() - 1 - i] = 10 * value;
    return values;
  };
  model_io::write_tensor_file(path,
                              {{"symbol.embedding", {symbols + 1, 2}, filled(symbols + 1, 2)},
                               {"output.symbol.weight", {symbols, 2}, filled(symbols, 2)},
                               {"other", {3}, {value, value, value}}},
                              {{"symbol_count", std::to_string(symbols)}},
                              model_io::TensorType::f32);
  return path;
}

TEST(Blend, LiesBetweenTwoFilesAndKeepsWhatOnlyTheNewerKnows) {
  const ScratchFolder folder;
  const std::string older = tensor_file(folder.file("older"), 2, 1);
  const std::string newer = tensor_file(folder.file("newer"), 3, 2);
  blend(older, newer, 0.75, folder.file("blended"));
  const auto file = model_io::TensorFile::open(folder.file("blended"));
  EXPECT_THAT(file->floats("other"), testing::Each(testing::FloatEq(1.75F)));
  // Rows: two common ones, the newer's own, the start's.
  EXPECT_THAT(file->floats("symbol.embedding"),
              testing::ElementsAre(1.75F, 1.75F, 1.75F, 1.75F, 2, 2, 17.5F, 17.5F));
  EXPECT_THAT(file->floats("output.symbol.weight"),
              testing::ElementsAre(1.75F, 1.75F, 4, 4, 20, 20));
  EXPECT_EQ(file->text("symbol_count"), "3");
  EXPECT_THROW(blend(newer, older, 0.75, folder.file("wrong")), std::invalid_argument);
}

}  // namespace
}  // namespace idi::train
