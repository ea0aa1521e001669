#include "trainer.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <sstream>

#include "cpu/cpu_engine.hpp"
#include "cpu/dropout.hpp"
#include "cpu/gemm.hpp"
#include "session.hpp"
#include "torch/torch_engine.hpp"
#include "weights.hpp"

namespace idi::train {
namespace {

using Clock = std::chrono::steady_clock;
using model_io::ExampleSet;
using Examples = std::vector<const TrainingExample*>;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::unique_ptr<Engine> make_engine(const Options& options, const Layout& layout) {
  if (options.device == "cpu")
    return make_cpu_engine(layout, options.loss, options.optimizer, options.threads,
                           options.micro_batch, options.seed);
  const std::string device = options.device == "torch-cpu" ? "cpu" : options.device;
  if (device.starts_with("cuda") && !cuda_available())
    throw UsageError("--device " + device + ": libtorch finds no CUDA device; use --device cpu");
  return make_torch_engine(layout, options.loss, options.optimizer, device, options.seed);
}

/// One validation set.
struct Validation {
  std::string name;
  Examples examples;
};

struct ValidationResult {
  double loss = 0, accuracy = 0;
};

ValidationResult evaluate(Engine& engine, const Examples& examples, Weights which) {
  double loss = 0;
  double steps = 0;
  double exact = 0;
  for (const auto& scores : engine.score(examples, which)) {
    exact += std::all_of(scores.begin(), scores.end(), [](const auto& s) { return s.best; });
    steps += static_cast<double>(scores.size());
    for (const StepScore& score : scores) loss -= static_cast<double>(score.log_probability);
  }
  return {loss / steps, exact / static_cast<double>(examples.size())};
}

/// At most `most`, evenly over all.
Examples thin(const Examples& examples, std::int64_t most) {
  const auto count = std::min<std::size_t>(examples.size(), static_cast<std::size_t>(most));
  Examples result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(examples[i * examples.size() / count]);
  return result;
}

std::string duration(double seconds) {
  const auto whole = static_cast<long>(seconds);
  char text[32];
  std::snprintf(text, sizeof(text), "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  return text;
}

/// The sizes of the network to train: those of --from where it is given, which must have been made
/// for the same words and features. It may know fewer output symbols: they are appended.
Sizes sizes_of(const Options& options, const model_io::ExampleHeader& header) {
  if (options.from.empty()) return with_header(options.sizes, header);
  const LoadedWeights from = load_weights(options.from);
  const Sizes sizes = with_header(from.sizes, header);
  if (sizes.symbols < from.sizes.symbols)
    throw UsageError("--from: the examples were made for fewer output symbols");
  Sizes known = from.sizes;
  known.symbols = sizes.symbols;
  if (sizes.texts() != known.texts() || from.vocabulary != header.at("vocabulary"))
    throw UsageError("--from: the examples were made for another vocabulary or featurizer");
  return sizes;
}

/// Sums since the last report.
struct Tally {
  double loss = 0, used_loss = 0, steps = 0, right = 0, examples = 0, flop = 0, seconds = 0;
};

/// Enough to tell which relation is the commonest.
constexpr std::size_t examples_for_unlinked = 2000;

class Training {
 public:
  explicit Training(const Options& options)
      : options_(options),
        set_(model_io::read_examples(options.examples)),
        layout_(sizes_of(options, set_.header)),
        selection_(select(set_.examples, lines_of(set_.header.at("sources")),
                          lines_of(set_.header.at("databases")), options)),
        sampler_(selection_, options.seed),
        unlinked_(find_unlinked(
            std::span(set_.examples).first(std::min(set_.examples.size(), examples_for_unlinked)))),
        engine_(make_engine(options, layout_)) {
    if (!selection_.validation.empty()) {
      Validation held{"held out", {}};
      for (const auto i : selection_.validation) held.examples.push_back(&set_.examples[i]);
      validations_.push_back(std::move(held));
    }
    if (!options.valid.empty()) add_validation_file();
    if (!options.from.empty()) begin_with_weights();
    if (options.resume) load_checkpoint(options, layout_, session_, *engine_, sampler_);
    before_seconds_ = session_.seconds;
  }

  int run(const std::atomic<bool>& stop) {
    report_start();
    start_ = Clock::now();
    double next_report = 0;
    double next_evaluation = session_.seconds + options_.evaluate_minutes * 60;
    double next_checkpoint = session_.seconds + options_.checkpoint_minutes * 60;
    while (session_.progress(options_) < 1 && !stop) {
      step();
      session_.seconds = before_seconds_ + seconds_since(start_);
      if (session_.seconds >= next_report) {
        report_progress();
        next_report = session_.seconds + 5;
      }
      if (session_.seconds >= next_evaluation) {
        measure();
        session_.seconds = before_seconds_ + seconds_since(start_);
        next_evaluation = session_.seconds + options_.evaluate_minutes * 60;
      }
      if (session_.seconds >= next_checkpoint) {
        save();
        session_.seconds = before_seconds_ + seconds_since(start_);
        next_checkpoint = session_.seconds + options_.checkpoint_minutes * 60;
      }
    }
    measure();
    save();
    report_end(stop);
    return stop ? 130 : 0;
  }

 private:
  /// The running average begins with them too: it is what the file holds in the end. The choice
  /// among candidates was fitted for them and stays with them.
  void begin_with_weights() {
    LoadedWeights from =
        with_symbols(load_weights(options_.from), layout_.sizes.symbols, options_.seed);
    if (!from.selector.empty()) set_.header["selector"] = from.selector;
    EngineState state = engine_->state();
    state.values = std::move(from.values);
    state.averages = state.values;
    engine_->set_state(std::move(state));
  }

  void add_validation_file() {
    valid_set_ = model_io::read_examples(options_.valid);
    for (const char* key : {"vocabulary", "symbol_count", "relation_count", "node_class_count",
                            "gram_buckets", "word_class_count"})
      if (valid_set_.header.at(key) != set_.header.at(key))
        throw UsageError("--valid: its " + std::string(key) + " is not that of the training file");
    Validation valid{std::filesystem::path(options_.valid).filename().string(), {}};
    for (const auto& example : valid_set_.examples) valid.examples.push_back(&example);
    if (!valid.examples.empty()) validations_.push_back(std::move(valid));
  }

  void step() {
    const auto begin = Clock::now();
    const bool real_only =
        options_.finish_real > 0 && session_.progress(options_) >= 1 - options_.finish_real;
    if (engine_->pads()) refill_similar(real_only);
    std::vector<TrainingExample> changed;
    changed.reserve(static_cast<std::size_t>(options_.batch));
    for (int i = 0; i < options_.batch; ++i) {
      const std::uint32_t index = engine_->pads() ? take_similar() : sampler_.next(real_only);
      // By the number of the draw, so that a continued training changes it alike.
      Random random(mix(options_.seed + mix(static_cast<std::uint64_t>(session_.examples++))));
      changed.push_back(augment(set_.examples[index], options_.augment, layout_.sizes.symbols,
                                unlinked_, random));
    }
    Examples batch;
    for (const auto& example : changed) batch.push_back(&example);
    const StepResult result =
        engine_->train(batch, session_.rate(options_),
                       mix(options_.seed * 31 + static_cast<std::uint64_t>(session_.step)));
    ++session_.step;

    for (Tally* tally : {&shown_, &curve_}) {
      tally->loss += result.loss;
      tally->used_loss += result.used_loss;
      tally->right += result.right_examples;
      tally->examples += options_.batch;
      tally->steps += 1;
      tally->seconds += seconds_since(begin);
    }
    shown_.flop += 3 * forward_flop(layout_.sizes, pack(batch, layout_.sizes.symbols));
  }

  /// Padding costs: draws for several batches are sorted by size, the batches come in random order.
  void refill_similar(bool real_only) {
    if (!similar_.empty()) return;
    constexpr int batches = 32;
    std::vector<std::uint32_t> drawn;
    for (int i = 0; i < batches * options_.batch; ++i) drawn.push_back(sampler_.next(real_only));
    std::stable_sort(drawn.begin(), drawn.end(), [&](auto a, auto b) {
      return set_.examples[a].input.nodes() < set_.examples[b].input.nodes();
    });
    std::vector<int> order;
    for (int b = 0; b < batches; ++b) order.push_back(b);
    Random random(mix(options_.seed ^ mix(static_cast<std::uint64_t>(session_.step))));
    std::shuffle(order.begin(), order.end(), random);
    for (const int b : order)
      similar_.insert(similar_.end(), drawn.begin() + b * options_.batch,
                      drawn.begin() + (b + 1) * options_.batch);
  }
  std::uint32_t take_similar() {
    const std::uint32_t index = similar_.back();
    similar_.pop_back();
    return index;
  }

  void measure() {
    CurvePoint point;
    point.seconds = session_.seconds;
    point.step = session_.step;
    point.examples = session_.examples;
    point.rate = static_cast<double>(session_.rate(options_));
    if (curve_.steps > 0) {
      point.loss = curve_.loss / curve_.steps;
      point.used_loss = curve_.used_loss / curve_.steps;
      point.accuracy = curve_.right / curve_.examples;
    }
    curve_ = {};
    for (std::size_t v = 0; v < validations_.size(); ++v) {
      const auto examples = thin(validations_[v].examples, options_.evaluate_examples);
      const auto result = evaluate(*engine_, examples, Weights::averaged);
      std::fprintf(stderr, "  %s: exact %.2f %% of %zu, loss %.4f\n", validations_[v].name.c_str(),
                   100 * result.accuracy, examples.size(), result.loss);
      if (v > 0) continue;  // The curve shows the first.
      point.valid_loss = result.loss;
      point.valid_accuracy = result.accuracy;
    }
    session_.curve.push_back(point);
    write_text(options_.curve + ".csv", to_csv(session_.curve));
    write_text(options_.curve + ".svg", to_svg(session_.curve));
  }

  void save() {
    if (!options_.checkpoint.empty())
      save_checkpoint(options_, layout_, session_, *engine_, sampler_);
    std::ostringstream training;
    training << "steps " << session_.step << "\nexamples " << session_.examples << "\nseconds "
             << session_.seconds << "\nbatch " << options_.batch << "\nrate " << options_.rate
             << "\nseed " << options_.seed << "\n";
    if (!session_.curve.empty() && session_.curve.back().valid_accuracy >= 0)
      training << "validation " << session_.curve.back().valid_accuracy << "\n";
    save_weights(options_.weights, layout_, engine_->state().averages, set_.header, training.str(),
                 options_.half);
  }

  void report_start() const {
    std::size_t training = 0;
    for (const auto& source : selection_.by_source) training += source.size();
    std::fprintf(stderr, "%zu examples to train on, %.2f million parameters, device %s (%s)\n",
                 training, static_cast<double>(layout_.parameter_count()) / 1e6,
                 options_.device.c_str(), options_.device == "cpu" ? gemm_name() : "libtorch");
    const auto names = lines_of(set_.header.at("sources"));
    for (std::size_t s = 0; s < names.size(); ++s)
      std::fprintf(stderr, "  %s: %zu examples, weight %g%s\n", names[s].c_str(),
                   selection_.by_source[s].size(), selection_.weights[s],
                   selection_.synthetic[s] ? ", synthetic" : "");
    for (const Validation& validation : validations_)
      std::fprintf(stderr, "  validation, %s: %zu examples\n", validation.name.c_str(),
                   validation.examples.size());
    if (session_.step > 0)
      std::fprintf(stderr, "  going on after step %lld\n", static_cast<long long>(session_.step));
  }

  void report_progress() {
    const double done = session_.progress(options_);
    const double left = done > 0 ? session_.seconds * (1 - done) / done : 0;
    std::fprintf(stderr,
                 "%5.1f %%  step %lld  loss %.4f  used %.4f  exact %.1f %%  rate %.2e  %.0f "
                 "examples/s  %.0f GFLOP/s  left %s\n",
                 100 * done, static_cast<long long>(session_.step), shown_.loss / shown_.steps,
                 shown_.used_loss / shown_.steps, 100 * shown_.right / shown_.examples,
                 static_cast<double>(session_.rate(options_)), shown_.examples / shown_.seconds,
                 shown_.flop / shown_.seconds / 1e9, duration(left).c_str());
    shown_ = {};
  }

  void report_end(bool stopped) {
    std::fprintf(stderr, "%s after %lld steps, %s; weights: %s\n", stopped ? "stopped" : "done",
                 static_cast<long long>(session_.step), duration(session_.seconds).c_str(),
                 options_.weights.c_str());
    if (stopped) return;
    for (const Validation& validation : validations_) {
      const auto averaged = evaluate(*engine_, validation.examples, Weights::averaged);
      const auto current = evaluate(*engine_, validation.examples, Weights::current);
      std::fprintf(stderr, "  %s, all %zu: exact %.2f %% (without averaging %.2f %%)\n",
                   validation.name.c_str(), validation.examples.size(), 100 * averaged.accuracy,
                   100 * current.accuracy);
    }
  }

  const Options& options_;
  ExampleSet set_, valid_set_;
  Layout layout_;
  Selection selection_;
  Sampler sampler_;
  Unlinked unlinked_;
  std::unique_ptr<Engine> engine_;
  std::vector<Validation> validations_;
  std::vector<std::uint32_t> similar_;
  Session session_;
  double before_seconds_ = 0;
  Clock::time_point start_;
  Tally shown_, curve_;
};

}  // namespace

int train(const Options& options, const std::atomic<bool>& stop) {
  check_writable(options);
  return Training(options).run(stop);
}

int score(const Options& options) {
  const auto weights = load_weights(options.weights);
  const auto set = model_io::read_examples(options.examples);
  const Layout layout(weights.sizes);
  const Sizes expected = with_header(weights.sizes, set.header);
  if (expected.texts() != weights.sizes.texts() || expected.vocabulary != weights.sizes.vocabulary)
    throw UsageError("the example file was made for another vocabulary or featurizer");
  const auto engine = make_engine(options, layout);
  EngineState state = engine->state();
  state.values = weights.values;
  engine->set_state(std::move(state));
  constexpr std::size_t part = 1024;
  for (std::size_t start = 0; start < set.examples.size(); start += part) {
    Examples examples;
    for (std::size_t i = start; i < std::min(start + part, set.examples.size()); ++i)
      examples.push_back(&set.examples[i]);
    const auto scores = engine->score(examples, Weights::current);
    for (std::size_t i = 0; i < scores.size(); ++i)
      for (std::size_t t = 0; t < scores[i].size(); ++t)
        std::printf("%zu %zu %.9g %d\n", start + i, t,
                    static_cast<double>(scores[i][t].log_probability), scores[i][t].best ? 1 : 0);
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace idi::train
