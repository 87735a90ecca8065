#include "polar/flow_export.hpp"

#include "polar/flow_export/export_file.hpp"
#include "polar/flow_export/relaxed_json.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace polar_flow::polar {

namespace {

constexpr std::string_view tests_reason = "Fitness tests are not kept.";
constexpr std::string_view settings_reason = "Settings, plans and personal data are not read.";
constexpr std::string_view not_json_reason = "It is not JSON: a picture, for example.";

struct family_name {
  /// Lower case, words joined by hyphens; what follows is separated from it.
  std::string_view prefix;
  export_family family;
  std::string_view reason = {};
};

/// Where one prefix begins with another, the longer one is first.
constexpr std::array families{
    family_name{"training-session", export_family::training_session},
    family_name{"activity", export_family::activity},
    family_name{"247ohr", export_family::continuous_heart_rate},
    family_name{"ppi-samples", export_family::ignored, "Beat-to-beat intervals are not kept."},
    family_name{"sleep-result", export_family::sleep_result},
    family_name{"sleep-score", export_family::sleep_score},
    family_name{"sleep-wake", export_family::ignored,
                "The sleep_result files tell more about the same nights."},
    family_name{"nightly-recovery-blob", export_family::ignored,
                "These series do not say which night they are from."},
    family_name{"nightly-recovery", export_family::nightly_recovery},
    family_name{"calendar-items", export_family::calendar_items},
    family_name{"fitness-test-results", export_family::ignored, tests_reason},
    family_name{"fitness-test-result", export_family::ignored, tests_reason},
    family_name{"orthostatic-test-results", export_family::ignored, tests_reason},
    family_name{"orthostatic-test-result", export_family::ignored, tests_reason},
    family_name{"account-data", export_family::ignored, settings_reason},
    family_name{"account-profile", export_family::ignored, settings_reason},
    family_name{"products-devices", export_family::ignored, settings_reason},
    family_name{"sport-profiles", export_family::ignored, settings_reason},
    family_name{"training-target", export_family::ignored, settings_reason},
    family_name{"favourite-targets", export_family::ignored, settings_reason},
    family_name{"planned-route", export_family::ignored, settings_reason},
    family_name{"programs", export_family::ignored, settings_reason}};

constexpr family_name binary_file{"", export_family::ignored, not_json_reason};
constexpr family_name unknown_file{"", export_family::unknown};

/// Lower case, and one separator for all that were seen.
char unify(char character) {
  if ('A' <= character && character <= 'Z')
    return static_cast<char>(character - 'A' + 'a');
  return character == '_' || character == ':' || character == '.' ? '-' : character;
}

bool begins_with(std::string_view name, std::string_view prefix) {
  return name.size() > prefix.size() && unify(name[prefix.size()]) == '-'
         && std::ranges::equal(name.substr(0, prefix.size()), prefix, {}, unify);
}

const family_name& look_up(std::string_view file_name) {
  const auto slash = file_name.rfind('/');
  if (slash != std::string_view::npos)
    file_name.remove_prefix(slash + 1);
  if (file_name.ends_with(".data"))
    return binary_file;
  const auto found = std::ranges::find_if(
      families, [&](const family_name& known) { return begins_with(file_name, known.prefix); });
  return found == families.end() ? unknown_file : *found;
}

/// The readers of answers speak of an answer, but nobody has asked Polar for this.
error about_the_file(error failure) {
  constexpr std::string_view answer = "the answer";
  if (failure.message.starts_with(answer))
    failure.message.replace(0, answer.size(), "the file");
  return failure;
}

/// An unknown file that is no measurement in an envelope stays unknown, whatever it is.
result<export_records> read_unknown(std::string_view content) {
  const auto document = parse_export_document(content);
  if (document && is_generic_period(*document))
    return read_generic_periods(*document);
  return export_records{};
}

result<export_records> read_known(export_family family, std::string_view file_name,
                                  const boost::json::value& document) {
  switch (family) {
  case export_family::training_session:
    return read_training_session(document, file_name);
  case export_family::activity:
    return read_activity_file(document);
  case export_family::continuous_heart_rate:
    return read_heart_rate_file(document);
  case export_family::sleep_result:
    return read_sleep_results(document);
  case export_family::sleep_score:
    return read_sleep_scores(document);
  case export_family::nightly_recovery:
    return read_nightly_recoveries(document);
  case export_family::calendar_items:
    return read_calendar_items(document);
  case export_family::generic_period:
    return read_generic_periods(document);
  case export_family::ignored:
  case export_family::unknown:
    return export_records{.family = family, .parts = {}};
  }
  return export_records{};
}

result<export_records> read_as(export_family family, std::string_view file_name,
                               std::string_view content) {
  if (family == export_family::ignored)
    return export_records{.family = family, .parts = {}};
  if (family == export_family::unknown)
    return read_unknown(content);
  const auto document = parse_export_document(content);
  if (!document)
    return std::unexpected{document.error()};
  return read_known(family, file_name, *document);
}

} // namespace

std::string_view to_string(export_family family) {
  switch (family) {
  case export_family::training_session:
    return "training_session";
  case export_family::activity:
    return "activity";
  case export_family::continuous_heart_rate:
    return "continuous_heart_rate";
  case export_family::sleep_result:
    return "sleep_result";
  case export_family::sleep_score:
    return "sleep_score";
  case export_family::nightly_recovery:
    return "nightly_recovery";
  case export_family::calendar_items:
    return "calendar_items";
  case export_family::generic_period:
    return "generic_period";
  case export_family::ignored:
    return "ignored";
  case export_family::unknown:
    return "unknown";
  }
  return "unknown";
}

export_family family_of(std::string_view file_name) {
  return look_up(file_name).family;
}

std::string_view reason_to_ignore(std::string_view file_name) {
  return look_up(file_name).reason;
}

result<export_records> read_export_file(std::string_view file_name, std::string_view content) {
  auto file = read_as(family_of(file_name), file_name, content);
  if (!file)
    return std::unexpected{about_the_file(std::move(file.error()))};
  return file;
}

} // namespace polar_flow::polar
