#include "message_schema.hpp"

#include <boost/json/parse.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace idi::api::testing {
namespace {

namespace json = boost::json;
using valijson::adapters::BoostJsonAdapter;

const json::object& definitions() {
  static const json::value file = json::parse(whole_file("protocol/idi.schema.json"));
  return file.at("definitions").as_object();
}

const valijson::Schema& schema_of(const std::string& definition) {
  static std::map<std::string, std::unique_ptr<valijson::Schema>> schemas;
  auto& schema = schemas[definition];
  if (!schema) {
    if (!definitions().contains(definition))
      throw std::runtime_error("no definition " + definition);
    const json::value document =
        json::object{{"$schema", "http://json-schema.org/draft-07/schema#"},
                     {"allOf", json::array{json::object{{"$ref", "#/definitions/" + definition}}}},
                     {"definitions", definitions()}};
    schema = std::make_unique<valijson::Schema>();
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(BoostJsonAdapter(document), *schema);
  }
  return *schema;
}

}  // namespace

std::string whole_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> definition_names() {
  std::vector<std::string> names;
  for (const auto& definition : definitions()) names.emplace_back(definition.key());
  return names;
}

std::string violations(const std::string& definition, std::string_view message) {
  json::error_code error;
  const json::value value = json::parse({message.data(), message.size()}, error);
  if (error) return "no JSON: " + error.message();
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  if (validator.validate(schema_of(definition), BoostJsonAdapter(value), &results)) return {};
  std::string text = definition + ":";
  valijson::ValidationResults::Error one;
  while (results.popError(one)) {
    for (const auto& place : one.context) text += " " + place;
    text += ": " + one.description + "\n";
  }
  return text + std::string(message.substr(0, 2'000));
}

}  // namespace idi::api::testing
