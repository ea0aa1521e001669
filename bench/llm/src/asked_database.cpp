#include "asked_database.hpp"

#include "idi/core/assert.hpp"
#include "idi/db_sqlite/sqlite_database.hpp"
#include "idi/parser/parser.hpp"
#include "idi/sql/join_planner.hpp"
#include "samples.hpp"

namespace idi::bench {

Result<AskedDatabase> AskedDatabase::open(const std::filesystem::path& file,
                                          const std::filesystem::path& weights,
                                          const std::filesystem::path& cache) {
  AskedDatabase asked;
  IDI_TRY(const auto parser, parser::Parser::open(weights.string()));
  IDI_TRY(const auto wordnet, link::WordNet::open());
  IDI_TRY(const auto database, db_sqlite::open_sqlite_database(file));
  IDI_TRY(Schema schema, database->introspect({}));
  for (auto& key : sql::infer_foreign_keys(schema)) schema.foreign_keys.push_back(std::move(key));
  IDI_TRY(auto values, link::ValueIndex::open_or_build(*database, schema, cache, {}, {}, wordnet));
  asked.linker_ = link::Linker::make(std::move(schema), std::move(values), wordnet);
  asked.format_ = model_generator::make_chat_format(parser);
  return asked;
}

int AskedDatabase::tables() const { return static_cast<int>(linker_->schema().tables.size()); }

int AskedDatabase::columns() const { return linker_->schema().column_count(); }

Result<llm::CompletionRequest> AskedDatabase::request(const std::string& question,
                                                      const llm::Capabilities& model,
                                                      double& written_ms) const {
  const Stopwatch watch;
  const auto linked = linker_->link(question);
  const model_generator::Subject subject{linked, *linker_, Dialect::sqlite, 1, model};
  IDI_TRY(const auto prompts, format_->write(subject));
  IDI_ASSERT(!prompts.empty());
  auto request = prompts.front()->request();
  written_ms += watch.elapsed_ms();
  return request;
}

}  // namespace idi::bench
