// The processor's kernels against libtorch's operations and autograd: same scores, same loss, same
// step.
#include <gtest/gtest.h>

#include <ATen/Parallel.h>

#include <cmath>

#include "../src/cpu/cpu_engine.hpp"
#include "../src/torch/torch_engine.hpp"
#include "made_up_examples.hpp"

namespace idi::train {
namespace {

class Engines : public testing::Test {
 protected:
  static Sizes small_sizes() {
    Sizes sizes;
    sizes.width = 48;
    sizes.heads = 3;
    sizes.encoder_layers = 2;
    sizes.decoder_layers = 2;
    sizes.feed_forward = 64;
    sizes.max_steps = 5;  // Shorter than some outputs: the last position is used again.
    sizes.vocabulary = shape.vocabulary;
    sizes.grams = 8192;
    sizes.word_classes = 46;
    sizes.node_classes = 25;
    sizes.relations = made_up_relations;
    sizes.symbols = made_up_symbols;
    return sizes;
  }

  void SetUp() override {
    for (std::uint64_t i = 0; i < 7; ++i) examples.push_back(make_up_example(shape, i));
    for (const auto& example : examples) pointers.push_back(&example);
    at::set_num_threads(1);  // The operations are small; waiting threads only cost.
  }

  std::unique_ptr<Engine> cpu(const LossOptions& loss, int threads, int micro_batch) const {
    return make_cpu_engine(layout, loss, optimizer, threads, micro_batch, 3);
  }
  std::unique_ptr<Engine> torch(const LossOptions& loss) const {
    return make_torch_engine(layout, loss, optimizer, "cpu", 3);
  }

  static constexpr MadeUp shape{
      .tokens = 6, .columns = 8, .tables = 3, .values = 2, .vocabulary = 60, .pointers = 4};
  Layout layout{small_sizes()};
  OptimizerOptions optimizer;
  std::vector<TrainingExample> examples;
  std::vector<const TrainingExample*> pointers;
};

TEST_F(Engines, ScoresAgree) {
  const auto a = cpu({}, 2, 3)->score(pointers, Weights::current);
  const auto b = torch({})->score(pointers, Weights::current);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t e = 0; e < a.size(); ++e) {
    ASSERT_EQ(a[e].size(), examples[e].steps.size());
    ASSERT_EQ(a[e].size(), b[e].size());
    for (std::size_t t = 0; t < a[e].size(); ++t) {
      EXPECT_NEAR(a[e][t].log_probability, b[e][t].log_probability, 2e-5F);
      EXPECT_EQ(a[e][t].best, b[e][t].best);
    }
  }
}

// Adam's first step has the size of the rate whatever the gradient is; its first moment, though, is
// the clipped gradient times 1 - beta1.
TEST_F(Engines, GradientsAgreeWithAutograd) {
  for (const float smoothing : {0.0F, 0.1F}) {
    LossOptions loss;
    loss.dropout = 0;
    loss.label_smoothing = smoothing;
    optimizer.clip_norm = 0;
    const auto a = cpu(loss, 2, 2);
    const auto b = torch(loss);
    const StepResult x = a->train(pointers, 1e-3F, 1);
    const StepResult y = b->train(pointers, 1e-3F, 1);
    EXPECT_NEAR(x.loss, y.loss, 1e-5);
    EXPECT_NEAR(x.used_loss, y.used_loss, 1e-5);
    EXPECT_EQ(x.right_examples, y.right_examples);
    EXPECT_NEAR(x.gradient_norm, y.gradient_norm, 1e-4 * y.gradient_norm);
    const EngineState s = a->state();
    const EngineState r = b->state();
    for (const TensorAt& at : layout.tensors) {
      double difference = 0;
      double size = 0;
      for (Index i = at.offset; i < at.offset + at.count; ++i) {
        difference += std::pow(s.first_moments[i] - r.first_moments[i], 2);
        size += std::pow(r.first_moments[i], 2);
      }
      EXPECT_LE(std::sqrt(difference), 1e-4 * std::sqrt(size) + 1e-9) << at.name;
      EXPECT_TRUE(size > 0 || at.name.ends_with("key.bias")) << at.name << " has no gradient";
    }
  }
}

TEST_F(Engines, OptimizersAgreeOverManySteps) {
  LossOptions loss;
  loss.dropout = 0;
  optimizer.weight_decay = 0.1F;
  const auto a = cpu(loss, 1, 4);
  const auto b = torch(loss);
  for (int step = 0; step < 10; ++step) {
    const double x = a->train(pointers, 1e-3F, 1).loss;
    const double y = b->train(pointers, 1e-3F, 1).loss;
    EXPECT_NEAR(x, y, 1e-3 * y);
  }
  const auto x = a->score(pointers, Weights::averaged);
  const auto y = b->score(pointers, Weights::averaged);
  for (std::size_t e = 0; e < x.size(); ++e)
    for (std::size_t t = 0; t < x[e].size(); ++t)
      EXPECT_NEAR(x[e][t].log_probability, y[e][t].log_probability, 5e-3F);
}

// A row of the embeddings that gets no gradient for long is skipped and caught up; libtorch's
// optimiser moves every row at every step.
TEST_F(Engines, RowsWithoutGradientsEndWhereTheyWould) {
  LossOptions loss;
  loss.dropout = 0;
  const auto a = cpu(loss, 2, 4);
  const auto b = torch(loss);
  const std::vector<const TrainingExample*> rare = {pointers[0]};
  const std::vector<const TrainingExample*> common = {pointers[1], pointers[2]};
  for (int step = 0; step < 180; ++step) {
    const auto& batch = step % 90 == 0 ? rare : common;
    a->train(batch, 1e-4F, 1);
    b->train(batch, 1e-4F, 1);
  }
  const EngineState x = a->state();
  const EngineState y = b->state();
  for (const Index table : {layout.words, layout.grams}) {
    const Index count = 60 * layout.sizes.width;
    for (Index i = table; i < table + count; ++i) {
      ASSERT_NEAR(x.values[i], y.values[i], 3e-4F);
      ASSERT_NEAR(x.averages[i], y.averages[i], 3e-4F);
    }
  }
}

// With dropout, the choices of a seed are a fixed function of the weights: its gradient must be
// that function's slope along the gradient itself.
TEST_F(Engines, GradientsAreRightWithDropout) {
  LossOptions loss;
  loss.dropout = 0.3F;
  optimizer.clip_norm = 0;
  const auto engine = cpu(loss, 1, 8);
  const EngineState start = engine->state();
  const auto loss_of = [&](const std::vector<float>& values) {
    EngineState state = start;
    state.values = values;
    engine->set_state(state);
    const StepResult result = engine->train(pointers, 0, 9);
    return result.loss + static_cast<double>(loss.used_weight) * result.used_loss;
  };
  const double middle = loss_of(start.values);
  const EngineState after = engine->state();
  EXPECT_GT(middle, 0);
  double squares = 0;
  for (const float m : after.first_moments) squares += std::pow(m / (1 - optimizer.beta1), 2);
  const double step = 1e-2 / std::sqrt(squares);
  std::vector<float> up = start.values;
  std::vector<float> down = start.values;
  for (std::size_t i = 0; i < up.size(); ++i) {
    const double slope = after.first_moments[i] / (1 - optimizer.beta1);
    up[i] += static_cast<float>(step * slope);
    down[i] -= static_cast<float>(step * slope);
  }
  EXPECT_NEAR((loss_of(up) - loss_of(down)) / (2 * step), squares, 0.01 * squares);
}

TEST_F(Engines, TheSameSeedGivesTheSameWeights) {
  const auto run = [&] {
    const auto engine = cpu({}, 2, 3);
    for (std::uint64_t step = 0; step < 3; ++step) engine->train(pointers, 1e-3F, step);
    return engine->state().values;
  };
  EXPECT_EQ(run(), run());
}

TEST_F(Engines, AContinuedEngineGoesOnAlike) {
  const auto one = cpu({}, 1, 8);
  for (std::uint64_t step = 0; step < 2; ++step) one->train(pointers, 1e-3F, step);
  const auto other = cpu({}, 1, 8);
  other->set_state(one->state());
  EXPECT_EQ(one->train(pointers, 1e-3F, 2).loss, other->train(pointers, 1e-3F, 2).loss);
  EXPECT_EQ(one->state().averages, other->state().averages);
}

TEST_F(Engines, LearnsTheMadeUpTask) {
  const auto engine = cpu({.dropout = 0.05F}, 2, 8);
  double first = 0;
  double last = 0;
  for (std::uint64_t step = 0; step < 150; ++step) {
    std::vector<TrainingExample> fresh;
    for (std::uint64_t i = 0; i < 16; ++i)
      fresh.push_back(make_up_example(shape, 1000 + step * 16 + i));
    std::vector<const TrainingExample*> batch;
    for (const auto& example : fresh) batch.push_back(&example);
    last = engine->train(batch, 3e-3F, step).loss;
    if (step == 0) first = last;
  }
  EXPECT_LT(last, 0.4 * first);
}

}  // namespace
}  // namespace idi::train
