// What the command line said for `idi model …`, as plain values.
#pragma once

#include <filesystem>
#include <string>

namespace idi::cli {

struct ModelListOptions {
  bool json = false;
};

struct ModelPullOptions {
  std::string model;   ///< A name of the catalogue, or the address of a GGUF file.
  std::string name;    ///< For an address: what it is to be called here.
  std::string mirror;  ///< Empty: IDI_MODEL_MIRROR, or the hub itself.
  bool accept_licence = false;
  bool use = false;
};

struct ModelAddOptions {
  std::filesystem::path file;
  std::string name;        ///< Empty: from the file's name.
  std::string adapter_of;  ///< The model that the file is an adapter for.
  std::string role = "sql_generator";
};

struct ModelUseOptions {
  std::string name;     ///< "none": the built-in parser alone.
  bool anyway = false;  ///< Although memory does not suffice.
};

struct ModelVerifyOptions {
  std::string name;
};

struct ModelRemoveOptions {
  std::string name;
  std::string role;  ///< Only its adapter of this role.
};

}  // namespace idi::cli
