// verification_bugs NL2SQL_BUGS.json TABLES.json: what mend() says of statements that are labelled
// right or wrong, by kind of error. Their databases are not at hand, so only the tree is looked at.
#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "idi/sql/translate.hpp"
#include "idi/verification/verifier.hpp"
#include "spider.hpp"

namespace {

using namespace idi;
namespace json = boost::json;

struct Count {
  int all = 0, read = 0, found = 0;
};

json::value read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream content;
  content << file.rdbuf();
  return json::parse(content.str());
}

/// BIRD writes keys of several columns as lists, Spider has none of these.
std::map<std::string, Schema> bird_schemas(const std::filesystem::path& path) {
  json::value databases = read(path);
  for (auto& database : databases.as_array()) {
    json::array flat;
    for (auto& key : database.at("primary_keys").as_array()) {
      if (!key.is_array()) flat.push_back(key);
      if (key.is_array()) flat.insert(flat.end(), key.as_array().begin(), key.as_array().end());
    }
    database.as_object()["primary_keys"] = std::move(flat);
  }
  const auto plain = std::filesystem::temp_directory_path() /
                     fmt::format("idi-verification-bugs-{}.json", ::getpid());
  std::ofstream(plain) << json::serialize(databases);
  auto schemas = sql::testing::load_schemas(plain);
  std::filesystem::remove(plain);
  return schemas;
}

std::string text_of(const json::value& value) { return json::value_to<std::string>(value); }

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 3) {
    fmt::print(stderr, "usage: verification_bugs NL2SQL_BUGS.json TABLES.json\n");
    return 2;
  }
  const json::value entries = read(arguments[1]);
  std::map<std::string, std::shared_ptr<const link::Linker>> linkers;
  for (auto& [name, schema] : bird_schemas(arguments[2])) {
    linkers[name] =
        link::Linker::make(std::move(schema), link::ValueIndex::empty(), link::WordNet::none());
  }
  std::map<std::string, Count> counts;
  for (const json::value& entry : entries.as_array()) {
    const auto& object = entry.as_object();
    std::vector<std::string> labels{object.at("label").as_bool() ? "right" : "wrong"};
    for (const auto& error : object.at("error_types").as_array()) {
      labels.push_back("  " + text_of(error.at("error_type")) + ": " +
                       text_of(error.at("sub_error_type")));
    }
    const auto linker = linkers.find(text_of(object.at("db_id")));
    if (linker == linkers.end()) continue;
    const auto query = sql::to_ir(text_of(object.at("sql")), linker->second->schema());
    bool found = false;
    if (query) {
      const auto linked = linker->second->link(text_of(object.at("question")));
      found = !verification::mend(*query, linked, *linker->second).findings.empty();
    }
    for (const auto& label : labels) {
      Count& count = counts[label];
      ++count.all;
      count.read += query ? 1 : 0;
      count.found += found ? 1 : 0;
    }
  }
  fmt::print("{:60} {:>6} {:>6} {:>6}\n", "", "all", "tree", "found");
  for (const auto& [label, count] : counts) {
    fmt::print("{:60} {:6} {:6} {:6}\n", label, count.all, count.read, count.found);
  }
  return 0;
}
