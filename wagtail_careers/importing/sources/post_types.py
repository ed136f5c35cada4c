"""Post types: content that people write, and records that programs store as posts.

WordPress and its plug-ins store most of their records in the table of posts
(https://developer.wordpress.org/plugins/post-types/), and a full export includes them.
"""

#: The types of written content on every site. Any other type belongs to a site or a plug-in.
WRITTEN = frozenset({"page", "post"})

#: The type of files in the library.
ATTACHMENT = "attachment"

#: The types of records of WordPress and of common plug-ins, by owner. They are never pages.
_RECORDS = {
    "WordPress": (
        ATTACHMENT,
        "custom_css",
        "customize_changeset",
        "nav_menu_item",
        "oembed_cache",
        "revision",
        "user_request",
        "wp_block",
        "wp_font_face",
        "wp_font_family",
        "wp_global_styles",
        "wp_navigation",
        "wp_template",
        "wp_template_part",
    ),
    "Action Scheduler": ("scheduled-action",),
    "Advanced Custom Fields": (
        "acf",
        "acf-field",
        "acf-field-group",
        "acf-post-type",
        "acf-taxonomy",
        "acf-ui-options-page",
    ),
    "Beaver Builder": ("fl-builder-template", "fl-theme-layout"),
    "Bricks": ("bricks_template",),
    "Contact Form 7": ("wpcf7_contact_form",),
    "CookieYes": ("cookielawinfo",),
    "Divi": (
        "et_body_layout",
        "et_code_snippet",
        "et_footer_layout",
        "et_header_layout",
        "et_pb_layout",
        "et_template",
        "et_theme_builder",
        "et_theme_options",
    ),
    "Elementor": (
        "elementor-hf",
        "elementor_font",
        "elementor_icons",
        "elementor_library",
        "elementor_snippet",
    ),
    "Flamingo": ("flamingo_contact", "flamingo_inbound", "flamingo_outbound"),
    "Formidable Forms": ("frm_display", "frm_form_actions", "frm_styles"),
    "Jetpack": (
        "feedback",
        "jp_img_sitemap",
        "jp_img_sitemap_index",
        "jp_pay_order",
        "jp_pay_product",
        "jp_sitemap",
        "jp_sitemap_index",
        "jp_sitemap_master",
        "jp_vid_sitemap",
        "jp_vid_sitemap_index",
    ),
    "MC4WP": ("mc4wp-form",),
    "MetaSlider": ("ml-slide", "ml-slider"),
    "Ninja Forms": ("nf_sub",),
    "Oxygen": ("ct_template",),
    "Polylang": ("polylang_mo",),
    "Popup Maker": ("popup_theme",),
    "Safe Redirect Manager": ("redirect_rule",),
    "TablePress": ("tablepress_table",),
    "WooCommerce": (
        "product_variation",
        "shop_coupon",
        "shop_order",
        "shop_order_placehold",
        "shop_order_refund",
        "shop_subscription",
        "shop_webhook",
    ),
    "WPBakery": ("templatera", "vc4_templates", "vc_grid_item"),
    "WPForms": ("wpforms", "wpforms-template", "wpforms_log"),
}
_OWNERS = {kind: owner for owner, kinds in _RECORDS.items() for kind in kinds}


def owner_of(kind: str) -> str:
    """Return the program that stores records of type ``kind``; empty if it is not a record."""
    return _OWNERS.get(kind, "")
