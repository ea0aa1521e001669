#include "session.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <ostream>
#include <random>

#include "batch.hpp"
#include "checkpoint.hpp"
#include "corpus.hpp"
#include "evaluation.hpp"

namespace idi::lm {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t warm_up_steps = 300;
constexpr double gradient_limit = 1.0;
constexpr double mean_decay = 0.998;
constexpr std::int64_t log_steps = 50;
/// Share of the training time at the full rate.
constexpr double full_rate_share = 0.25;

double minutes_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count() / 60;
}

/// Draws a block by the weight of its questions, then questions of it by theirs.
class Sampler {
 public:
  Sampler(const Corpus& corpus, const std::map<std::string, double>& weights) : corpus_(corpus) {
    std::vector<double> by_source;
    for (const std::string& source : corpus.sources) {
      const auto found = weights.find(source);
      by_source.push_back(found == weights.end() ? 1.0 : found->second);
    }
    std::vector<double> by_block;
    for (const Block& block : corpus.blocks) {
      std::vector<double> by_question;
      for (const Question& question : block.questions) {
        by_question.push_back(by_source[static_cast<std::size_t>(question.source)]);
      }
      by_block.push_back(std::accumulate(by_question.begin(), by_question.end(), 0.0));
      questions_.emplace_back(by_question.begin(), by_question.end());
    }
    blocks_ = {by_block.begin(), by_block.end()};
  }

  void add_group(Batch& batch, const BatchWriter& writer, int questions, std::mt19937& random) {
    const std::size_t block = blocks_(random);
    std::vector<std::size_t> chosen;
    for (int i = 0; i < questions; ++i) chosen.push_back(questions_[block](random));
    writer.add(batch, corpus_.blocks[block], chosen, random);
  }

 private:
  const Corpus& corpus_;
  std::discrete_distribution<std::size_t> blocks_;
  std::vector<std::discrete_distribution<std::size_t>> questions_;
};

class Session {
 public:
  Session(const TrainOptions& options, std::ostream& log) : options_(options), log_(log) {}

  Status run() {
    torch::set_num_threads(options_.threads);
    IDI_CHECK(prepare());
    Sampler sampler(train_, options_.source_weights);
    const BatchWriter writer(*state_.vocabulary, options_.batch);
    std::mt19937 random(options_.seed + static_cast<unsigned>(state_.steps));
    const auto begin = Clock::now();
    const double minutes_before = state_.minutes;
    double next_evaluation = state_.minutes + options_.evaluate_minutes;
    while (state_.minutes < std::min(options_.until, options_.minutes)) {
      Batch batch;
      for (int i = 0; i < options_.groups; ++i) {
        sampler.add_group(batch, writer, options_.questions, random);
      }
      step(batch);
      state_.minutes = minutes_before + minutes_since(begin);
      if (state_.steps % log_steps == 0) report();
      if (state_.minutes >= next_evaluation) {
        IDI_CHECK(finish_part());
        next_evaluation = state_.minutes + options_.evaluate_minutes;
      }
    }
    return finish_part();
  }

 private:
  Status prepare() {
    const torch::Device device(options_.device);
    auto resumed = read_checkpoint(options_.checkpoint, device);
    if (resumed) {
      state_ = std::move(*resumed);
    } else if (resumed.error().code != ErrorCode::not_found) {
      return resumed.error();
    } else {
      IDI_TRY(auto vocabulary, read_vocabulary(options_.vocabulary));
      ModelSizes sizes = options_.sizes;
      sizes.vocabulary = vocabulary->size();
      state_ = make_training(std::move(vocabulary), sizes, device, options_.seed);
    }
    IDI_TRY(train_, read_corpus(options_.train, *state_.vocabulary));
    IDI_TRY(dev_, read_corpus(options_.dev, *state_.vocabulary));
    fmt::print(log_, "{} parameters, vocabulary {}, {} questions of {} schemas\n",
               state_.model->parameter_count(), state_.model->sizes().vocabulary,
               train_.questions(), train_.blocks.size());
    return {};
  }

  [[nodiscard]] double rate() const {
    const double risen =
        std::min(1.0, static_cast<double>(state_.steps + 1) / static_cast<double>(warm_up_steps));
    const double share = state_.minutes / options_.minutes;
    const double fallen = share < full_rate_share ? 1.0 : (1.0 - share) / (1.0 - full_rate_share);
    return options_.learning_rate * risen * std::max(fallen, 0.0);
  }

  void step(const Batch& batch) {
    const torch::Tensor logits = state_.model->logits(batch);
    std::vector<std::int64_t> ids;
    std::vector<float> weights;
    for (const Target& target : batch.targets) {
      ids.push_back(target.id);
      weights.push_back(target.weight);
    }
    const auto device = state_.model->device();
    const torch::Tensor expected = torch::tensor(ids).to(device);
    const torch::Tensor weight = torch::tensor(weights).to(device);
    const torch::Tensor losses =
        torch::cross_entropy_loss(logits, expected, {}, at::Reduction::None);
    const torch::Tensor loss = (losses * weight).sum() / weight.sum();
    state_.optimizer->zero_grad();
    loss.backward();
    std::vector<torch::Tensor> parameters;
    for (const auto& parameter : state_.model->parameters()) parameters.push_back(parameter.value);
    torch::nn::utils::clip_grad_norm_(parameters, gradient_limit);
    for (auto& group : state_.optimizer->param_groups()) {
      static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate());
    }
    state_.optimizer->step();
    {
      const torch::NoGradGuard no_gradient;
      const auto steps = static_cast<double>(state_.steps);
      // A short mean at first: the start is soon forgotten.
      const double decay = std::min(mean_decay, steps / (steps + 10));
      for (std::size_t i = 0; i < parameters.size(); ++i) {
        state_.means[i].lerp_(parameters[i].detach(), 1 - decay);
      }
    }
    ++state_.steps;
    count(batch, logits.detach(), losses.detach());
  }

  void count(const Batch& batch, const torch::Tensor& logits, const torch::Tensor& losses) {
    const torch::Tensor likeliest = logits.argmax(-1).cpu(), loss = losses.cpu();
    const auto* best = likeliest.data_ptr<std::int64_t>();
    for (std::size_t i = 0; i < batch.targets.size(); ++i) {
      const Target& target = batch.targets[i];
      Tally& tally = target.question < 0 ? inline_ : output_;
      tally.loss += static_cast<double>(loss.data_ptr<float>()[i]);
      tally.right += best[i] == target.id ? 1 : 0;
      ++tally.count;
    }
    tokens_ += static_cast<std::int64_t>(batch.ids.size());
  }

  void report() {
    const double seconds = std::chrono::duration<double>(Clock::now() - last_report_).count();
    fmt::print(log_,
               "step {} minute {:.1f} rate {:.2e}: loss {:.3f} right {:.3f}; inline loss {:.3f} "
               "right {:.3f}; {:.0f} tokens/s\n",
               state_.steps, state_.minutes, rate(), output_.mean_loss(), output_.share(),
               inline_.mean_loss(), inline_.share(), static_cast<double>(tokens_) / seconds);
    log_.flush();
    output_ = inline_ = {};
    tokens_ = 0;
    last_report_ = Clock::now();
  }

  Status finish_part() {
    swap_means(state_);
    const Evaluation dev = evaluate(*state_.model, *state_.vocabulary, dev_, 1, 1);
    swap_means(state_);
    fmt::print(log_, "dev: {} of {} exact, {} within the grammar, {} first tokens, loss {:.3f}\n",
               dev.exact, dev.questions, dev.allowed_exact, dev.first, dev.loss);
    log_.flush();
    return write_checkpoint(state_, options_.checkpoint);
  }

  struct Tally {
    double loss = 0;
    std::int64_t right = 0, count = 0;
    [[nodiscard]] double mean_loss() const {
      return count == 0 ? 0 : loss / static_cast<double>(count);
    }
    [[nodiscard]] double share() const {
      return count == 0 ? 0 : static_cast<double>(right) / static_cast<double>(count);
    }
  };

  const TrainOptions& options_;
  std::ostream& log_;
  Training state_;
  Corpus train_, dev_;
  Tally output_, inline_;
  std::int64_t tokens_ = 0;
  Clock::time_point last_report_ = Clock::now();
};

}  // namespace

Status train(const TrainOptions& options, std::ostream& log) { return Session(options, log).run(); }

}  // namespace idi::lm
