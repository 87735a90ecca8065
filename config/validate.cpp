#include "config/validate.hpp"

#include "config/option.hpp"
#include "config/print.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

namespace polar_flow {

namespace {

/// Collects problems, each at the place of the option that is to blame.
class report {
public:
  explicit report(const origins& sources) : sources_{sources} {
    // nop
  }

  bool is_given(std::string_view name) const {
    return sources_.contains(name);
  }

  /// A value that was given but is wrong has been reported already.
  bool is_rejected(std::string_view name) const {
    const auto source = sources_.find(name);
    return source != sources_.end() && source->second.is_rejected;
  }

  void add(std::string_view name, std::string_view what) {
    const auto source = sources_.find(name);
    found_.push_back({source == sources_.end() ? "default" : source->second.where,
                      std::string{name} + ' ' + std::string{what}});
  }

  /// For relations between two options: the one that somebody has set is to blame.
  void add(std::string_view first, std::string_view second, std::string_view what) {
    add(is_given(first) || !is_given(second) ? first : second, what);
  }

  std::vector<problem> take() {
    return std::move(found_);
  }

private:
  const origins& sources_;
  std::vector<problem> found_;
};

void check_saas(const settings& values, report& found) {
  if (values.server.mode != deployment_mode::saas)
    return;
  if (!values.security.encryption_key && !found.is_rejected("security.encryption-key")) {
    found.add("server.deployment-mode",
              "saas needs security.encryption-key (ENCRYPTION_KEY): a generated one would be "
              "lost with the machine");
  }
  if (values.server.base_url && !values.server.base_url->starts_with("https://"))
    found.add("server.base-url", "must begin with https:// when server.deployment-mode is saas");
  const auto& allowed = values.security.allowed_callback_origins;
  const bool has_http = std::ranges::any_of(allowed, [](const std::string& origin) {
    return origin.starts_with("http://");
  });
  if (has_http) {
    found.add("security.allowed-callback-origins",
              "must all use https when server.deployment-mode is saas");
  }
}

void check_polar_client(const settings& values, report& found) {
  const auto& polar = values.polar;
  if (polar.client_id && !polar.client_secret && !found.is_rejected("polar.client-secret")) {
    found.add("polar.client-id", "needs polar.client-secret (POLAR_CLIENT_SECRET): neither is of "
                                 "use without the other");
  }
  if (polar.client_secret && !polar.client_id && !found.is_rejected("polar.client-id")) {
    found.add("polar.client-secret", "needs polar.client-id (POLAR_CLIENT_ID): neither is of use "
                                     "without the other");
  }
}

void check_relations(const settings& values, report& found) {
  const auto& polar = values.polar;
  if (polar.connect_timeout > polar.request_timeout) {
    found.add("polar.connect-timeout-seconds", "polar.request-timeout-seconds",
              "must fit: connecting (polar.connect-timeout-seconds) is a part of the exchange "
              "(polar.request-timeout-seconds) and cannot take longer");
  }
  if (values.sync.sync_timeout < polar.request_timeout) {
    found.add("sync.timeout-seconds", "polar.request-timeout-seconds",
              "must fit: a sync (sync.timeout-seconds) contains requests "
              "(polar.request-timeout-seconds) and cannot be shorter than one");
  }
  if (values.sync.parallel_requests > polar.connections_max) {
    found.add("sync.parallel-requests", "polar.connections-max",
              "must fit: sync.parallel-requests cannot be under way at once over fewer "
              "connections (polar.connections-max)");
  }
}

void check_folder(const std::filesystem::path& folder, std::string_view name, report& found) {
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_directory(folder, ignored))
    found.add(name, "must be a folder, but there is something else of this name");
}

void check_files(const settings& values, report& found) {
  check_folder(values.storage.data_dir, "storage.data-dir", found);
  check_folder(values.security.key_dir, "security.key-dir", found);
  std::error_code ignored;
  const auto& programs = values.storage.postgresql_bin_dir;
  if (programs && !std::filesystem::exists(*programs / "initdb", ignored))
    found.add("storage.postgresql-bin-dir", "must be a folder with initdb in it");
  const auto& authorities = values.polar.ca_file;
  if (authorities && !std::filesystem::is_regular_file(*authorities, ignored))
    found.add("polar.ca-file", "must be a file that exists");
}

} // namespace

std::vector<problem> validate(const settings& values, const origins& sources) {
  report found{sources};
  check_saas(values, found);
  check_polar_client(values, found);
  check_relations(values, found);
  check_files(values, found);
  return found.take();
}

std::vector<problem> find_masked_secrets(const settings& values, const origins& sources) {
  report found{sources};
  auto copy = values;
  for (const auto& option : all_options()) {
    const auto* secret = std::get_if<place<std::optional<std::string>>>(&option.value);
    if (option.shown != exposure::secret || secret == nullptr)
      continue;
    const auto& text = (*secret)(copy);
    if (text && text->find(secret_mask) != std::string::npos) {
      found.add(option.name(), "is the mask that --print-config shows: put the secret there");
    }
  }
  return found.take();
}

} // namespace polar_flow
