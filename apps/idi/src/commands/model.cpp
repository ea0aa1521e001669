#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "exit_codes.hpp"
#include "idi/core/text.hpp"
#include "idi/model_store/memory.hpp"
#include "idi/model_store/model_store.hpp"
#include "json_writer.hpp"
#include "model_commands.hpp"
#include "output.hpp"
#include "paths.hpp"
#include "progress_line.hpp"
#include "transfer_text.hpp"

namespace idi::cli {
namespace {

using model_store::CatalogueEntry;
using model_store::ModelStore;
using model_store::Profile;
using model_store::size_text;

using Store = std::unique_ptr<ModelStore>;

/// For what ends at once, and for what closes a connection and a file first.
constexpr std::chrono::milliseconds short_patience{200};
constexpr std::chrono::milliseconds long_patience{3'000};

Result<Store> open_store() { return ModelStore::open(model_folder()); }

std::uint64_t natural(std::int64_t number) { return number > 0 ? std::uint64_t(number) : 0; }

struct Listing {
  std::vector<Profile> profiles;
  std::vector<model_store::UnfinishedDownload> unfinished;
  std::string chosen;
};

Result<Listing> read_listing() {
  IDI_TRY(const auto store, open_store());
  Listing listing;
  IDI_TRY(listing.profiles, store->list());
  IDI_TRY(listing.unfinished, store->unfinished());
  const auto chosen = store->chosen();
  if (!chosen) {
    print_warning(chosen.error().to_text());
  } else if (*chosen) {
    listing.chosen = (*chosen)->name;
  }
  return listing;
}

bool is_here(const Listing& listing, const std::string& name) {
  for (const auto& profile : listing.profiles) {
    if (profile.name == name) return true;
  }
  return false;
}

std::string as_text(const Listing& listing) {
  std::string out = "On this machine:\n";
  for (const auto& profile : listing.profiles) {
    out += fmt::format("{} {:<22} {:>8}  {}\n", profile.name == listing.chosen ? "*" : " ",
                       profile.name, size_text(natural(profile.bytes)),
                       safe_for_terminal(profile.licence, true));
    for (const auto& adapter : profile.adapters) {
      out += fmt::format("      {:<18} {:>8}  adapter {}\n", adapter.role,
                         size_text(natural(adapter.bytes)),
                         safe_for_terminal(adapter.file.string(), true));
    }
  }
  for (const auto& part : listing.unfinished) {
    out += fmt::format(
        "  {:<22} {:>8}  unfinished{}; pull it again to go on\n", part.name,
        size_text(natural(part.received_bytes)),
        part.total_bytes > 0 ? fmt::format(" (of {})", size_text(natural(part.total_bytes))) : "");
  }
  if (listing.profiles.empty() && listing.unfinished.empty()) out += "  none\n";
  out += listing.chosen.empty() ? "None is in use: the built-in parser answers alone.\n"
                                : fmt::format("* in use: {}\n", listing.chosen);
  out += "\nTo be pulled (idi model pull NAME), with rough sizes:\n";
  for (const auto& entry : model_store::catalogue()) {
    if (is_here(listing, entry.profile.name)) continue;
    out +=
        fmt::format("{} {:<22} {:>8}  {}; {}\n", entry.recommended ? "+" : " ", entry.profile.name,
                    size_text(natural(entry.about_bytes)), entry.profile.licence, entry.note);
  }
  return out + "+ recommended\n";
}

std::string as_json(const Listing& listing) {
  JsonWriter json;
  json.begin_object().key("models").begin_array();
  for (const auto& profile : listing.profiles) {
    json.begin_object().key("name").text(profile.name);
    json.key("in_use").boolean(profile.name == listing.chosen);
    json.key("file").text(profile.file.string()).key("bytes").integer(profile.bytes);
    json.key("sha256").text(profile.sha256).key("licence").text(profile.licence);
    json.key("source").text(profile.source);
    json.key("format").text(model_store::prompt_format_name(profile.format));
    json.key("context_tokens").integer(profile.context_tokens).key("adapters").begin_array();
    for (const auto& adapter : profile.adapters) {
      json.begin_object().key("role").text(adapter.role);
      json.key("file").text(adapter.file.string()).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("unfinished").begin_array();
  for (const auto& part : listing.unfinished) {
    json.begin_object().key("name").text(part.name);
    json.key("received_bytes").integer(part.received_bytes);
    json.key("total_bytes").integer(part.total_bytes).end_object();
  }
  json.end_array().key("catalogue").begin_array();
  for (const auto& entry : model_store::catalogue()) {
    json.begin_object().key("name").text(entry.profile.name);
    json.key("recommended").boolean(entry.recommended);
    json.key("licence").text(entry.profile.licence).key("note").text(entry.note);
    json.key("about_bytes").integer(entry.about_bytes);
    json.key("source").text(entry.profile.source).end_object();
  }
  return json.end_array().end_object().take();
}

Result<CatalogueEntry> entry_of(const ModelPullOptions& options) {
  const bool is_address = options.model.find("://") != std::string::npos;
  if (!is_address && !options.name.empty()) {
    return make_error(ErrorCode::invalid_argument, "--name is for the address of a file",
                      "A model from the list keeps its name.");
  }
  auto entry = is_address ? model_store::entry_for_url(options.model, options.name)
                          : model_store::catalogue_entry(options.model);
  if (!entry) return entry;
  const char* variable = std::getenv("IDI_MODEL_MIRROR");
  const std::string mirror = !options.mirror.empty() ? options.mirror : variable ? variable : "";
  return mirror.empty() ? entry : model_store::at_mirror(std::move(*entry), mirror);
}

Status confirm_licence(const CatalogueEntry& entry, bool accepted) {
  if (!entry.must_accept || accepted) return {};
  const std::string licence =
      fmt::format("{} has the {} ({})", entry.profile.name, entry.profile.licence, entry.note);
  if (!traits_of(STDIN_FILENO).is_terminal || !traits_of(STDERR_FILENO).is_terminal) {
    return make_error(ErrorCode::invalid_argument, licence,
                      "If you accept it, say so with --accept-licence.");
  }
  std::fputs(fmt::format("{}. Do you accept it? [y/N] ", licence).c_str(), stderr);
  std::string answer;
  std::getline(std::cin, answer);
  answer = text::to_lower_ascii(text::trim(answer));
  if (answer == "y" || answer == "yes") return {};
  return make_error(ErrorCode::cancelled, "nothing was downloaded");
}

/// Draws what a long piece of work says.
model_store::OnProgress drawing(ProgressLine& line, const std::string& what) {
  return [&line, what](const model_store::DownloadProgress& progress) {
    line.show(transfer_text(what, progress));
  };
}

Status check_fits(const Profile& profile, bool anyway) {
  auto fits =
      model_store::check_memory(profile, model_store::usual_slots, model_store::available_memory());
  if (fits || anyway) return {};
  Error error = std::move(fits.error());
  if (error.code == ErrorCode::limit_exceeded) {
    error.hint += " With a graphics card that holds it: idi model use NAME --anyway.";
  }
  return error;
}

Result<std::string> use(ModelStore& store, const std::string& name, bool anyway) {
  if (name == "none") {
    IDI_CHECK(store.choose_none());
    return std::string("No language model is in use: the built-in parser answers alone.\n");
  }
  IDI_TRY(const auto profile, store.find(name));
  IDI_CHECK(check_fits(profile, anyway));
  IDI_CHECK(store.choose(name));
  return fmt::format("{} is in use.\n", name);
}

/// Better known before hours of downloading than after. The weights alone: the rest is known when
/// the file is here.
void warn_of_memory(const CatalogueEntry& entry) {
  const auto available = model_store::available_memory();
  if (!available || natural(entry.about_bytes) <= *available) return;
  print_warning(fmt::format("{} has about {} and this machine has {} of memory free now",
                            entry.profile.name, size_text(natural(entry.about_bytes)),
                            size_text(*available)));
}

Result<std::string> pull(const ModelPullOptions& options, const std::stop_token& stop) {
  IDI_TRY(const auto entry, entry_of(options));
  IDI_CHECK(confirm_licence(entry, options.accept_licence));
  warn_of_memory(entry);
  IDI_TRY(const auto store, open_store());
  Result<Profile> profile = [&] {
    ProgressLine line(true);
    return store->pull(entry, drawing(line, entry.profile.name), stop);
  }();
  if (!profile) return profile.error();
  std::string text =
      fmt::format("{} is here: {}, {}\nsha256 {}\n", profile->name, profile->file.string(),
                  size_text(natural(profile->bytes)), profile->sha256);
  if (!profile->licence.empty()) {
    text += fmt::format("licence: {}\n", safe_for_terminal(profile->licence, true));
  }
  if (!options.use) return text + fmt::format("To use it: idi model use {}\n", profile->name);
  const auto used = use(*store, profile->name, false);
  if (!used) {
    return used.error().with_context(fmt::format("{} is here, but not in use", profile->name));
  }
  return text + *used;
}

std::string name_from(const std::filesystem::path& file) {
  std::string name = text::to_lower_ascii(file.filename().string());
  if (name.ends_with(".gguf")) name.resize(name.size() - 5);
  return name;
}

Result<std::string> add(const ModelAddOptions& options, const std::stop_token& stop) {
  IDI_TRY(const auto store, open_store());
  ProgressLine line(true);
  const auto progress = drawing(line, "reading " + options.file.filename().string());
  if (!options.adapter_of.empty()) {
    IDI_CHECK(store->add_adapter(options.adapter_of, options.role, options.file, progress, stop));
    return fmt::format("{} has an adapter for {}.\n", options.adapter_of, options.role);
  }
  const std::string name = options.name.empty() ? name_from(options.file) : options.name;
  IDI_TRY(const auto profile, store->add(options.file, name, progress, stop));
  return fmt::format("{} is known: {}\nsha256 {}\nTo use it: idi model use {}\n", profile.name,
                     profile.file.string(), profile.sha256, profile.name);
}

Result<std::string> verify(const std::string& name, const std::stop_token& stop) {
  IDI_TRY(const auto store, open_store());
  {
    ProgressLine line(true);
    IDI_CHECK(store->verify(name, drawing(line, name), stop));
  }
  IDI_TRY(const auto profile, store->find(name));
  return fmt::format("{} is whole: {}, sha256 {} as when it came\n", name,
                     size_text(natural(profile.bytes)), profile.sha256);
}

Result<std::string> remove(const ModelRemoveOptions& options) {
  IDI_TRY(const auto store, open_store());
  if (!options.role.empty()) {
    IDI_CHECK(store->remove_adapter(options.name, options.role));
    return fmt::format("{} has no adapter for {} any more.\n", options.name, options.role);
  }
  IDI_CHECK(store->remove(options.name));
  return fmt::format("{} is gone.\n", options.name);
}

}  // namespace

int run_model_list(const ModelListOptions& options, Interrupt& interrupt) {
  static_cast<void>(interrupt.begin(short_patience));
  const auto listing = read_listing();
  interrupt.end();
  if (!listing) return print_result(listing.error());
  return print_result(options.json ? as_json(*listing) : as_text(*listing));
}

int run_model_pull(const ModelPullOptions& options, Interrupt& interrupt) {
  const auto text = pull(options, interrupt.begin(long_patience));
  interrupt.end();
  return print_result(text);
}

int run_model_add(const ModelAddOptions& options, Interrupt& interrupt) {
  const auto text = add(options, interrupt.begin(long_patience));
  interrupt.end();
  return print_result(text);
}

int run_model_use(const ModelUseOptions& options, Interrupt& interrupt) {
  static_cast<void>(interrupt.begin(short_patience));
  auto store = open_store();
  const auto text =
      store ? use(**store, options.name, options.anyway) : Result<std::string>(store.error());
  interrupt.end();
  return print_result(text);
}

int run_model_verify(const ModelVerifyOptions& options, Interrupt& interrupt) {
  const auto text = verify(options.name, interrupt.begin(long_patience));
  interrupt.end();
  return print_result(text);
}

int run_model_remove(const ModelRemoveOptions& options, Interrupt& interrupt) {
  static_cast<void>(interrupt.begin(short_patience));
  const auto text = remove(options);
  interrupt.end();
  return print_result(text);
}

}  // namespace idi::cli
