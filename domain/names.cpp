#include "domain/errc.hpp"
#include "domain/explanation.hpp"
#include "domain/imports.hpp"
#include "domain/insights.hpp"
#include "domain/streams.hpp"

#include <algorithm>

namespace polar_flow {

std::string_view to_string(errc code) {
  switch (code) {
  case errc::none:
    return "none";
  case errc::invalid_argument:
    return "invalid_argument";
  case errc::missing_api_key:
    return "missing_api_key";
  case errc::invalid_api_key:
    return "invalid_api_key";
  case errc::foreign_user:
    return "foreign_user";
  case errc::rate_limited:
    return "rate_limited";
  case errc::unknown_user:
    return "unknown_user";
  case errc::not_found:
    return "not_found";
  case errc::sync_in_progress:
    return "sync_in_progress";
  case errc::import_in_progress:
    return "import_in_progress";
  case errc::upload_too_large:
    return "upload_too_large";
  case errc::no_polar_token:
    return "no_polar_token";
  case errc::foreign_polar_token:
    return "foreign_polar_token";
  case errc::needs_reauthorization:
    return "needs_reauthorization";
  case errc::consent_missing:
    return "consent_missing";
  case errc::polar_rejected_request:
    return "polar_rejected_request";
  case errc::polar_rate_limited:
    return "polar_rate_limited";
  case errc::polar_unavailable:
    return "polar_unavailable";
  case errc::polar_timeout:
    return "polar_timeout";
  case errc::polar_unreadable:
    return "polar_unreadable";
  case errc::polar_answer_too_large:
    return "polar_answer_too_large";
  case errc::callback_not_allowed:
    return "callback_not_allowed";
  case errc::polar_client_not_configured:
    return "polar_client_not_configured";
  case errc::invalid_oauth_state:
    return "invalid_oauth_state";
  case errc::authorization_denied:
    return "authorization_denied";
  case errc::invalid_temporary_code:
    return "invalid_temporary_code";
  case errc::invalid_webhook_signature:
    return "invalid_webhook_signature";
  case errc::storage_unavailable:
    return "storage_unavailable";
  case errc::storage_failed:
    return "storage_failed";
  case errc::stale_epoch:
    return "stale_epoch";
  case errc::undecryptable:
    return "undecryptable";
  case errc::overloaded:
    return "overloaded";
  case errc::deadline_exceeded:
    return "deadline_exceeded";
  case errc::shutting_down:
    return "shutting_down";
  case errc::internal:
    return "internal";
  }
  return "internal";
}

std::optional<errc> parse_errc(std::string_view name) {
  // `internal` is the last of them.
  for (int number = 0; number <= static_cast<int>(errc::internal); ++number)
    if (const auto code = static_cast<errc>(number); to_string(code) == name)
      return code;
  return std::nullopt;
}

std::string_view to_string(import_kind kind) {
  switch (kind) {
  case import_kind::polar_flow:
    return "polar-flow";
  case import_kind::takeout:
    return "takeout";
  }
  return "unknown";
}

std::string_view to_string(import_status status) {
  switch (status) {
  case import_status::queued:
    return "queued";
  case import_status::running:
    return "running";
  case import_status::finished:
    return "finished";
  case import_status::failed:
    return "failed";
  }
  return "unknown";
}

std::string_view to_string(file_outcome outcome) {
  switch (outcome) {
  case file_outcome::taken:
    return "taken";
  case file_outcome::known:
    return "known";
  case file_outcome::ignored:
    return "ignored";
  case file_outcome::refused:
    return "refused";
  }
  return "unknown";
}

std::string_view to_string(stream kind) {
  switch (kind) {
  case stream::sleep:
    return "sleep";
  case stream::recharge:
    return "recharge";
  case stream::activity:
    return "activity";
  case stream::exercises:
    return "exercises";
  case stream::cardio_load:
    return "cardio_load";
  case stream::sleepwise_alertness:
    return "sleepwise_alertness";
  case stream::sleepwise_bedtime:
    return "sleepwise_bedtime";
  case stream::activity_samples:
    return "activity_samples";
  case stream::continuous_hr:
    return "continuous_hr";
  case stream::spo2:
    return "spo2";
  case stream::ecg:
    return "ecg";
  case stream::body_temperature:
    return "body_temperature";
  case stream::skin_temperature:
    return "skin_temperature";
  case stream::physical_info:
    return "physical_info";
  }
  return "unknown";
}

std::optional<stream> parse_stream(std::string_view name) {
  const auto found = std::ranges::find(all_streams, name, [](stream kind) {
    return to_string(kind);
  });
  return found == all_streams.end() ? std::nullopt : std::optional{*found};
}

std::string_view to_string(metric name) {
  switch (name) {
  case metric::hrv_rmssd:
    return "hrv_rmssd";
  case metric::sleep_score:
    return "sleep_score";
  case metric::resting_hr:
    return "resting_hr";
  case metric::training_load:
    return "training_load";
  case metric::training_load_ratio:
    return "training_load_ratio";
  }
  return "unknown";
}

std::string_view to_string(range_verdict verdict) {
  switch (verdict) {
  case range_verdict::below:
    return "below";
  case range_verdict::within:
    return "within";
  case range_verdict::above:
    return "above";
  }
  return "unknown";
}

std::string_view to_string(illness_state state) {
  switch (state) {
  case illness_state::learning:
    return "learning";
  case illness_state::well:
    return "well";
  case illness_state::suspected:
    return "suspected";
  case illness_state::ill:
    return "ill";
  case illness_state::recovering:
    return "recovering";
  }
  return "unknown";
}

std::string_view to_string(overload_state state) {
  switch (state) {
  case overload_state::learning:
    return "learning";
  case overload_state::usual:
    return "usual";
  case overload_state::overload:
    return "overload";
  }
  return "unknown";
}

std::string_view to_string(prediction_status status) {
  switch (status) {
  case prediction_status::shown:
    return "shown";
  case prediction_status::too_few_nights:
    return "too_few_nights";
  case prediction_status::not_better:
    return "not_better";
  case prediction_status::no_recent_night:
    return "no_recent_night";
  }
  return "unknown";
}

std::string_view to_string(explained subject) {
  switch (subject) {
  case explained::hrv_rmssd:
    return "hrv_rmssd";
  case explained::sleep_score:
    return "sleep_score";
  case explained::resting_hr:
    return "resting_hr";
  case explained::training_load:
    return "training_load";
  case explained::training_load_ratio:
    return "training_load_ratio";
  case explained::hrv_range:
    return "hrv_range";
  case explained::load:
    return "load";
  case explained::recovery_readiness:
    return "recovery_readiness";
  case explained::prediction_hrv_rmssd:
    return "prediction_hrv_rmssd";
  case explained::prediction_sleep_score:
    return "prediction_sleep_score";
  case explained::prediction_resting_hr:
    return "prediction_resting_hr";
  case explained::illness:
    return "illness";
  case explained::overload:
    return "overload";
  }
  return "unknown";
}

std::optional<explained> parse_explained(std::string_view name) {
  const auto found = std::ranges::find(all_explained, name,
                                       [](explained candidate) { return to_string(candidate); });
  return found == all_explained.end() ? std::nullopt : std::optional{*found};
}

std::optional<metric> parse_metric(std::string_view name) {
  const auto found = std::ranges::find(all_metrics, name, [](metric candidate) {
    return to_string(candidate);
  });
  return found == all_metrics.end() ? std::nullopt : std::optional{*found};
}

std::string_view to_string(baseline_status status) {
  switch (status) {
  case baseline_status::insufficient:
    return "insufficient";
  case baseline_status::partial:
    return "partial";
  case baseline_status::ready:
    return "ready";
  }
  return "insufficient";
}

std::string_view to_string(insights_status status) {
  switch (status) {
  case insights_status::unavailable:
    return "unavailable";
  case insights_status::partial:
    return "partial";
  case insights_status::ready:
    return "ready";
  }
  return "unavailable";
}

} // namespace polar_flow
