#include <string>
#include <unordered_map>
#include <unordered_set>

#include "compositions.hpp"
#include "filler.hpp"
#include "idi/sql/translate.hpp"
#include "idi/synth/synth.hpp"
#include "patterns.hpp"
#include "template.hpp"

namespace idi::synth {
namespace {

/// Draws in a row that gave nothing new, after which the schemas are taken to be exhausted.
constexpr int max_fruitless_draws = 20'000;

class Generator {
 public:
  Generator(const TemplateBank& bank, const Schemas& schemas, const SynthOptions& options)
      : bank_(bank),
        schemas_(schemas),
        options_(options),
        rewording_(options.wordnet, options.synonym_share),
        random_(options.seed) {
    for (const auto& [name, schema] : schemas) names_.push_back(name);
  }

  std::int64_t run(const std::function<bool(const Pair&)>& emit) {
    std::int64_t emitted = 0;
    int fruitless = 0;
    while (emitted < options_.count && fruitless < max_fruitless_draws && !names_.empty()) {
      ++fruitless;
      auto pair = draw();
      if (pair && chance(random_, options_.rough_share)) {
        pair->question = roughened(pair->question, pair->sql, random_);
      }
      if (!pair || !seen_.insert(pair->database + '\n' + pair->question).second) continue;
      fruitless = 0;
      ++emitted;
      if (!emit(*pair)) break;
    }
    return emitted;
  }

 private:
  const std::string& any_database() { return names_[pick(random_, names_.size())]; }

  std::optional<Pair> draw() {
    if (chance(random_, options_.composed_share)) return from_parts();
    return chance(random_, options_.pattern_share) ? from_pattern() : from_template();
  }

  std::optional<Pair> from_parts() {
    const std::string& database = any_database();
    const Schema& schema = schemas_.at(database);
    const auto made = compose(schema, rewording_, options_.calendar, random_);
    if (!made) return std::nullopt;
    const auto sql = sql::to_sql(made->composition.query, schema, Dialect::sqlite);
    if (!sql) return std::nullopt;
    return Pair{database, made->composition.wording, *sql, std::string(made->family)};
  }

  std::optional<Pair> from_template() {
    if (bank_.templates().empty()) return std::nullopt;
    const std::size_t number = pick(random_, bank_.templates().size());
    const Template& form = bank_.templates()[number];
    const std::string& database = any_database();
    int& used = used_[std::to_string(number) + '@' + database];
    if (used >= options_.max_per_template_and_database) return std::nullopt;
    auto pair = fill(form, schemas_.at(form.database), schemas_.at(database), rewording_, random_);
    if (!pair) return std::nullopt;
    ++used;
    pair->database = database;
    return pair;
  }

  std::optional<Pair> from_pattern() {
    const Pattern& pattern = patterns_[pick(random_, patterns_.size())];
    const std::string& database = any_database();
    const Schema& schema = schemas_.at(database);
    const auto scene = draw_scene(schema, pattern.needs, random_);
    if (!scene) return std::nullopt;
    const auto sql = sql::to_sql(pattern.build(*scene), schema, Dialect::sqlite);
    if (!sql) return std::nullopt;
    return Pair{database, phrase(pattern, *scene, rewording_, random_), *sql, {}};
  }

  const TemplateBank& bank_;
  const Schemas& schemas_;
  const SynthOptions& options_;
  const std::vector<Pattern> patterns_ = patterns();
  Rewording rewording_;
  Random random_;
  std::vector<std::string> names_;
  std::unordered_set<std::string> seen_;
  std::unordered_map<std::string, int> used_;
};

}  // namespace

std::int64_t generate(const TemplateBank& bank, const Schemas& schemas, const SynthOptions& options,
                      const std::function<bool(const Pair&)>& emit) {
  return Generator(bank, schemas, options).run(emit);
}

}  // namespace idi::synth
