#include "cpu_engine.hpp"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <utility>

#include "aligned.hpp"
#include "kernels.hpp"
#include "network_pass.hpp"

namespace idi::train {
namespace {

/// Runs one function on every thread at once, the caller's among them; an exception of any of them
/// is the caller's.
class Team {
 public:
  explicit Team(int threads) {
    for (int t = 1; t < threads; ++t) workers_.emplace_back([this, t] { work(t); });
  }
  ~Team() {
    run([](int) {}, true);
    for (std::thread& worker : workers_) worker.join();
  }
  void run(const std::function<void(int)>& task, bool last = false) {
    {
      const std::lock_guard lock(mutex_);
      task_ = &task;
      last_ = last;
      running_ = static_cast<int>(workers_.size());
      ++round_;
    }
    wake_.notify_all();
    attempt(task, 0);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return running_ == 0; });
    if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

 private:
  void attempt(const std::function<void(int)>& task, int index) {
    try {
      task(index);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
    }
  }

  void work(int index) {
    int seen = 0;
    for (bool last = false; !last;) {
      const std::function<void(int)>* task = nullptr;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return round_ != seen; });
        seen = round_;
        task = task_;
        last = last_;
      }
      attempt(*task, index);
      const std::lock_guard lock(mutex_);
      if (--running_ == 0) done_.notify_one();
    }
  }

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable wake_, done_;
  const std::function<void(int)>* task_ = nullptr;
  int running_ = 0;
  int round_ = 0;
  bool last_ = false;
  std::exception_ptr failure_;
};

using Examples = std::span<const TrainingExample* const>;

class CpuEngine final : public Engine {
 public:
  CpuEngine(const Layout& layout, const LossOptions& loss, const OptimizerOptions& optimizer,
            int threads, int micro_batch, std::uint64_t seed)
      : layout_(layout),
        loss_(loss),
        optimizer_(optimizer),
        micro_batch_(static_cast<std::size_t>(micro_batch)),
        team_(threads) {
    for (int t = 0; t < threads; ++t) {
      passes_.push_back(std::make_unique<NetworkPass>(layout_));
      gradients_.push_back(AlignedFloats(layout_.count));
    }
    const auto values = layout_.initial_values(seed);
    values_ = AlignedFloats(values);
    averages_ = AlignedFloats(values);
    first_ = AlignedFloats(layout_.count);
    second_ = AlignedFloats(layout_.count);
    split_updates();
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
    total.gradient_norm = update(rate);
    return total;
  }

  std::vector<std::vector<StepScore>> score(Examples examples, Weights which) override {
    const float* values = (which == Weights::current ? values_ : averages_).data();
    std::vector<std::vector<StepScore>> scores(examples.size());
    team_.run([&](int t) {
      const auto threads = passes_.size();
      std::vector<StepScore> flat;
      for (std::size_t start = t * micro_batch_; start < examples.size();
           start += threads * micro_batch_) {
        const auto part = examples.subspan(start, std::min(micro_batch_, examples.size() - start));
        const Batch batch = pack(part, layout_.sizes.symbols);
        flat.clear();
        passes_[t]->score(values, batch, flat);
        for (std::size_t i = 0; i < part.size(); ++i)
          scores[start + i].assign(flat.begin() + batch.step_begin[i],
                                   flat.begin() + batch.step_begin[i + 1]);
      }
    });
    return scores;
  }

  EngineState state() const override {
    return {values_.to_vector(), averages_.to_vector(), first_.to_vector(), second_.to_vector(),
            steps_};
  }

  void set_state(EngineState state) override {
    const auto count = static_cast<std::size_t>(layout_.count);
    for (const auto* part :
         {&state.values, &state.averages, &state.first_moments, &state.second_moments})
      if (part->size() != count) throw std::invalid_argument("the state is of another network");
    values_ = AlignedFloats(state.values);
    averages_ = AlignedFloats(state.averages);
    first_ = AlignedFloats(state.first_moments);
    second_ = AlignedFloats(state.second_moments);
    steps_ = state.steps;
  }

  bool pads() const override { return false; }

 private:
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
      result.used_loss += passes_[t]->train(values_.data(), gradients_[t].data(), batch, shares,
                                            loss_.dropout, part_seed, scores);
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

  /// Ranges of equal decay, cut so that every thread has about the same number of floats.
  void split_updates() {
    constexpr Index piece = Index{1} << 14;
    for (const TensorAt& at : layout_.tensors)
      for (Index begin = at.offset; begin < at.offset + at.count; begin += piece)
        updates_.push_back({begin, std::min(piece, at.offset + at.count - begin), at.decays});
  }

  template <typename Visit>
  void visit_updates(int t, Visit&& visit) {
    const std::size_t threads = passes_.size();
    for (std::size_t u = updates_.size() * t / threads; u < updates_.size() * (t + 1) / threads;
         ++u)
      visit(updates_[u]);
  }

  double update(float rate) {
    std::vector<float*> shards;
    for (AlignedFloats& gradient : gradients_) shards.push_back(gradient.data());
    std::vector<double> squares(passes_.size());
    team_.run([&](int t) {
      visit_updates(t, [&](const Update& u) {
        squares[t] += merge_gradients(shards.data(), static_cast<int>(shards.size()), u.begin,
                                      u.begin + u.count);
      });
    });
    const double norm = std::sqrt(std::accumulate(squares.begin(), squares.end(), 0.0));
    if (!std::isfinite(norm))
      throw std::runtime_error(
          "the training diverged: the gradient is not finite; try a lower --rate");

    ++steps_;
    AdamStep step{};
    step.beta1 = optimizer_.beta1;
    step.beta2 = optimizer_.beta2;
    step.epsilon = optimizer_.epsilon;
    step.rate = rate;
    step.correction1 = 1 - std::pow(optimizer_.beta1, static_cast<float>(steps_));
    step.correction2 = 1 - std::pow(optimizer_.beta2, static_cast<float>(steps_));
    const auto clip = static_cast<double>(optimizer_.clip_norm);
    step.gradient_scale = clip > 0 && norm > clip ? static_cast<float>(clip / norm) : 1;
    // The average forgets its start.
    const float age = static_cast<float>(steps_);
    step.average_decay = std::min(optimizer_.average_decay, (1 + age) / (10 + age));
    team_.run([&](int t) {
      visit_updates(t, [&](const Update& u) {
        AdamStep own = step;
        own.weight_decay = u.decays ? optimizer_.weight_decay : 0;
        adam(own, u.count, shards[0] + u.begin, values_.data() + u.begin, first_.data() + u.begin,
             second_.data() + u.begin, averages_.data() + u.begin);
      });
    });
    return norm;
  }

  struct Update {
    Index begin, count;
    bool decays;
  };

  Layout layout_;
  LossOptions loss_;
  OptimizerOptions optimizer_;
  std::size_t micro_batch_;
  std::vector<std::unique_ptr<NetworkPass>> passes_;
  std::vector<AlignedFloats> gradients_;  ///< One buffer a thread.
  AlignedFloats values_, averages_, first_, second_;
  std::int64_t steps_ = 0;
  std::vector<Update> updates_;
  Team team_;
};

}  // namespace

std::unique_ptr<Engine> make_cpu_engine(const Layout& layout, const LossOptions& loss,
                                        const OptimizerOptions& optimizer, int threads,
                                        int micro_batch, std::uint64_t seed) {
  return std::make_unique<CpuEngine>(layout, loss, optimizer, threads, micro_batch, seed);
}

}  // namespace idi::train
