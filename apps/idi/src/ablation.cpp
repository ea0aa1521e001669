#include "ablation.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "idi/link/linker.hpp"
#include "idi/parser/selector.hpp"

namespace idi::cli {
namespace {

/// Links, and forgets which words match which names. Cells stay.
class NamelessLinker final : public link::Linker {
 public:
  explicit NamelessLinker(std::shared_ptr<const link::Linker> linker)
      : linker_(std::move(linker)) {}

  link::LinkedQuestion link(std::string_view question,
                            const link::LinkBudget& budget) const override {
    auto linked = linker_->link(question, budget);
    std::fill(linked.token_table.begin(), linked.token_table.end(), link::NameMatch::none);
    std::fill(linked.token_column.begin(), linked.token_column.end(), link::NameMatch::none);
    return linked;
  }
  const Schema& schema() const override { return linker_->schema(); }
  const link::ValueIndex& values() const override { return linker_->values(); }
  const link::WordNet& wordnet() const override { return linker_->wordnet(); }
  const temporal::Calendar& calendar() const override { return linker_->calendar(); }

 private:
  std::shared_ptr<const link::Linker> linker_;
};

/// What ran comes before what did not; then the network's own probability decides.
parser::Selector plain_selector() {
  parser::SelectionFeatures weights{};
  weights[static_cast<std::size_t>(parser::SelectionFeature::log_probability)] = 1;
  weights[static_cast<std::size_t>(parser::SelectionFeature::failed)] = -8;
  return parser::Selector(weights);
}

/// Writes as the other does, and weighs nothing but probabilities.
class UnselectedGenerator final : public engine::SqlGenerator {
 public:
  explicit UnselectedGenerator(std::shared_ptr<const engine::SqlGenerator> generator)
      : generator_(std::move(generator)), selector_(plain_selector()) {}

  Result<engine::Generation> generate(const link::LinkedQuestion& question,
                                      const link::Linker& linker,
                                      const engine::GenerateOptions& options) const override {
    return generator_->generate(question, linker, options);
  }
  Result<engine::Generation> repair(const link::LinkedQuestion& question,
                                    const link::Linker& linker,
                                    const engine::FailedStatement& failed,
                                    const engine::GenerateOptions& options) const override {
    return generator_->repair(question, linker, failed, options);
  }
  const parser::Selector* selector() const override { return &selector_; }
  const confidence::Model* confidence() const override { return generator_->confidence(); }
  engine::Writer writer() const override { return generator_->writer(); }
  std::string description() const override { return generator_->description(); }
  engine::GeneratorStatus status() const override { return generator_->status(); }
  double reliability() const override { return generator_->reliability(); }

 private:
  std::shared_ptr<const engine::SqlGenerator> generator_;
  parser::Selector selector_;
};

void leave_out(Part part, Equipment& equipment) {
  switch (part) {
    case Part::linking:
      equipment.source.replace_linker = [](std::shared_ptr<const link::Linker> linker) {
        return std::make_shared<NamelessLinker>(std::move(linker));
      };
      return;
    case Part::values:
      equipment.source.value_limits.max_values = 0;
      equipment.source.value_limits.max_values_per_column = 0;
      equipment.source.cache_directory.clear();
      return;
    case Part::wordnet:
      equipment.source.wordnet = link::WordNet::none();
      // An index that was built with WordNet knows what it knew.
      equipment.source.cache_directory.clear();
      return;
    case Part::beam:
      equipment.limits.max_candidates = 1;
      return;
    case Part::execution:
      equipment.switches.execution_choice = false;
      return;
    case Part::verification:
      equipment.switches.verification = false;
      return;
    case Part::selector:
      equipment.engines.parser = std::make_shared<UnselectedGenerator>(equipment.engines.parser);
      return;
  }
}

}  // namespace

std::string_view part_name(Part part) noexcept {
  switch (part) {
    case Part::linking:
      return "linking";
    case Part::values:
      return "values";
    case Part::wordnet:
      return "wordnet";
    case Part::beam:
      return "beam";
    case Part::execution:
      return "execution";
    case Part::verification:
      return "verification";
    case Part::selector:
      return "selector";
  }
  return "";
}

std::optional<Part> part_from_name(std::string_view name) noexcept {
  for (const Part part : all_parts)
    if (part_name(part) == name) return part;
  return std::nullopt;
}

void leave_out(const std::set<Part>& parts, Equipment& equipment) {
  for (const Part part : parts) leave_out(part, equipment);
}

}  // namespace idi::cli
