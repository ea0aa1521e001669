#include "cpu_engine.hpp"

#include <algorithm>

#include "adam_w.hpp"
#include "dropout.hpp"
#include "network_pass.hpp"
#include "prepared_weights.hpp"
#include "team.hpp"

namespace idi::train {
namespace {

using Examples = std::span<const TrainingExample* const>;

class CpuEngine final : public Engine {
 public:
  CpuEngine(const Layout& layout, const LossOptions& loss, const OptimizerOptions& optimizer,
            int threads, int micro_batch, std::uint64_t seed)
      : layout_(layout),
        loss_(loss),
        threads_(threads),
        micro_batch_(static_cast<std::size_t>(micro_batch)),
        optimizer_(layout_, optimizer, layout_.initial_values(seed), threads),
        prepared_(layout_),
        team_(threads) {
    for (int t = 0; t < threads; ++t) {
      passes_.push_back(std::make_unique<NetworkPass>(layout_));
      gradients_.emplace_back(layout_);
    }
    prepare(prepared_, optimizer_.values());
  }

  StepResult train(Examples examples, float rate, std::uint64_t seed) override {
    const auto shards = share_out(examples);
    Index steps = 0;
    for (const TrainingExample* example : examples)
      steps += static_cast<Index>(example->steps.size());
    LossShares shares;
    shares.step = 1 / static_cast<float>(steps);
    shares.example = loss_.used_weight / static_cast<float>(examples.size());
    shares.label_smoothing = loss_.label_smoothing;

    std::vector<StepResult> results(passes_.size());
    team_.run([&](int t) { train_shard(t, shards[t], shares, seed, results[t]); });
    StepResult total;
    for (const StepResult& result : results) {
      total.loss += result.loss;
      total.used_loss += result.used_loss;
      total.right_examples += result.right_examples;
    }
    total.loss /= static_cast<double>(steps);
    total.used_loss /= loss_.used_weight > 0 ? loss_.used_weight : 1;

    team_.run([&](int t) { optimizer_.merge(gradients_, t); });
    total.gradient_norm = optimizer_.begin(rate);
    team_.run([&](int t) { optimizer_.apply(gradients_, t); });
    prepare(prepared_, optimizer_.values());
    return total;
  }

  std::vector<std::vector<StepScore>> score(Examples examples, Weights which) override {
    if (which == Weights::current) return score(examples, optimizer_.values(), prepared_);
    const AlignedFloats averages(optimizer_.state().averages);
    PreparedWeights prepared(layout_);
    prepare(prepared, averages.data());
    return score(examples, averages.data(), prepared);
  }

  EngineState state() const override { return optimizer_.state(); }

  void set_state(EngineState state) override {
    optimizer_.set_state(state);
    prepare(prepared_, optimizer_.values());
  }

  bool pads() const override { return false; }

 private:
  void prepare(PreparedWeights& prepared, const float* values) {
    team_.run([&](int t) { prepared.prepare(values, t, threads_); });
  }

  /// Largest first to the thread with the least to do.
  std::vector<std::vector<const TrainingExample*>> share_out(Examples examples) const {
    std::vector<const TrainingExample*> sorted(examples.begin(), examples.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
      return a->input.nodes() > b->input.nodes();
    });
    std::vector<std::vector<const TrainingExample*>> shards(passes_.size());
    std::vector<Index> loads(passes_.size());
    for (const TrainingExample* example : sorted) {
      const auto least = std::min_element(loads.begin(), loads.end()) - loads.begin();
      // About the work of one: nodes in the layers, node pairs in attention.
      loads[least] += example->input.nodes() * (1000 + example->input.nodes());
      shards[least].push_back(example);
    }
    return shards;
  }

  void train_shard(int t, Examples shard, const LossShares& shares, std::uint64_t seed,
                   StepResult& result) {
    std::vector<StepScore> scores;
    for (std::size_t start = 0; start < shard.size(); start += micro_batch_) {
      const auto part = shard.subspan(start, std::min(micro_batch_, shard.size() - start));
      const Batch batch = pack(part, layout_.sizes.symbols);
      scores.clear();
      const std::uint64_t part_seed = mix(mix(seed + static_cast<std::uint64_t>(t)) + start);
      result.used_loss += passes_[t]->train(optimizer_.values(), prepared_, gradients_[t], batch,
                                            shares, loss_.dropout, part_seed, scores);
      for (int e = 0; e < batch.examples(); ++e) {
        bool right = true;
        for (int s = batch.step_begin[e]; s < batch.step_begin[e + 1]; ++s) {
          result.loss -= static_cast<double>(scores[s].log_probability);
          right &= scores[s].best;
        }
        result.right_examples += right ? 1 : 0;
      }
    }
  }

  std::vector<std::vector<StepScore>> score(Examples examples, const float* values,
                                            const PreparedWeights& prepared) {
    std::vector<std::vector<StepScore>> scores(examples.size());
    team_.run([&](int t) {
      std::vector<StepScore> flat;
      for (std::size_t start = t * micro_batch_; start < examples.size();
           start += threads_ * micro_batch_) {
        const auto part = examples.subspan(start, std::min(micro_batch_, examples.size() - start));
        const Batch batch = pack(part, layout_.sizes.symbols);
        flat.clear();
        passes_[t]->score(values, prepared, batch, flat);
        for (std::size_t i = 0; i < part.size(); ++i)
          scores[start + i].assign(flat.begin() + batch.step_begin[i],
                                   flat.begin() + batch.step_begin[i + 1]);
      }
    });
    return scores;
  }

  Layout layout_;
  LossOptions loss_;
  int threads_;
  std::size_t micro_batch_;
  AdamW optimizer_;
  PreparedWeights prepared_;                          ///< Of the current values
  std::vector<std::unique_ptr<NetworkPass>> passes_;  ///< One a thread
  std::vector<ShardGradients> gradients_;             ///< One a thread
  Team team_;
};

}  // namespace

std::unique_ptr<Engine> make_cpu_engine(const Layout& layout, const LossOptions& loss,
                                        const OptimizerOptions& optimizer, int threads,
                                        int micro_batch, std::uint64_t seed) {
  return std::make_unique<CpuEngine>(layout, loss, optimizer, threads, micro_batch, seed);
}

}  // namespace idi::train
