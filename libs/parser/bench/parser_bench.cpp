// Time of the network's parts for small, middling and full schemas, at the sizes of the shipped
// model, with random weights (speed does not depend on their values).
#include <benchmark/benchmark.h>

#include "decoder.hpp"
#include "network.hpp"
#include "random_network.hpp"

namespace idi::parser {
namespace {

constexpr int beam_width = 8;
constexpr int beam_steps = 12;  // a long query; the average has 7

testing::RandomSizes shipped_sizes() {
  testing::RandomSizes sizes;
  sizes.width = 192;
  sizes.heads = 4;
  sizes.encoder_layers = 4;
  sizes.decoder_layers = 2;
  sizes.feed_forward = 512;
  sizes.gram_buckets = 16384;
  sizes.relation_count = 76;
  sizes.node_class_count = 24;
  sizes.vocabulary = 5000;
  return sizes;
}

const std::string& weights_path() {
  static const testing::TemporaryFile file(".bin");
  static const bool written = [] {
    testing::random_weights(shipped_sizes(), 1).write(file.path(), model_io::TensorType::f16);
    return true;
  }();
  (void)written;
  return file.path();
}

const Network& network() {
  static const auto network = *Network::load(model_io::TensorFile::open(weights_path()));
  return *network;
}

/// A fifth of the nodes are question words, but never more than the linker keeps.
model_io::ModelInput input_of(int nodes) {
  const int tokens = std::min(nodes / 3, 64);
  const int values = std::min(nodes / 12, 16);
  const int tables = std::min(nodes / 8, 24);
  return testing::random_input(shipped_sizes(), tokens, nodes - tokens - values - tables, tables,
                               values, 3);
}

void open_weights(benchmark::State& state) {
  weights_path();
  for (auto _ : state)
    benchmark::DoNotOptimize(Network::load(model_io::TensorFile::open(weights_path())));
}
BENCHMARK(open_weights)->Unit(benchmark::kMillisecond);

void encode(benchmark::State& state) {
  const auto input = input_of(static_cast<int>(state.range(0)));
  network();
  for (auto _ : state) benchmark::DoNotOptimize(network().encode(input, {}));
}
BENCHMARK(encode)->Arg(50)->Arg(150)->Arg(260)->Unit(benchmark::kMillisecond);

void decode_beam(benchmark::State& state) {
  const auto memory = *network().encode(input_of(static_cast<int>(state.range(0))), {});
  for (auto _ : state) {
    Decoder decoder(network(), memory);
    std::vector<std::vector<int>> histories(beam_width);
    for (int t = 0; t < beam_steps; ++t) {
      std::vector<DecoderStep> steps;
      for (int i = 0; i < beam_width; ++i)
        steps.push_back({t == 0 ? DecoderStep::start : (t * 7 + i) % decoder.logits_per_step(),
                         &histories[static_cast<std::size_t>(i)]});
      benchmark::DoNotOptimize(decoder.advance(steps));
      for (int i = 0; i < beam_width; ++i)
        histories[static_cast<std::size_t>(i)].push_back(decoder.pool_row(i));
    }
  }
}
BENCHMARK(decode_beam)->Arg(50)->Arg(150)->Arg(260)->Unit(benchmark::kMillisecond);

/// One matrix product of the encoder (50 nodes, 192 to 512) under every usable instruction set.
void multiply(benchmark::State& state) {
  const KernelSet& set = *usable_kernel_sets()[static_cast<std::size_t>(state.range(0))];
  constexpr int rows = 50;
  constexpr int inner = 192;
  constexpr int columns = 512;
  const std::vector<float> x(rows * inner, 0.5F);
  const std::vector<float> w(inner * columns, 0.25F);
  std::vector<float> y(rows * columns);
  const auto packed = PackedMatrix::transposed(w.data(), inner, columns, inner);
  for (auto _ : state) {
    set.multiply(x.data(), inner, rows, packed.data(), inner, columns, y.data(), columns, {});
    benchmark::ClobberMemory();
  }
  state.SetLabel(set.name);
  state.counters["FLOPs"] = benchmark::Counter(2.0 * rows * inner * columns,
                                               benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(multiply)->DenseRange(0, static_cast<int>(usable_kernel_sets().size()) - 1);

}  // namespace
}  // namespace idi::parser

BENCHMARK_MAIN();
